import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.io.exporter.api.ExportController;
import org.gephi.io.exporter.preview.PNGExporter;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeMergeStrategy;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.importer.api.Report;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.layout.plugin.AutoLayout;
import org.gephi.layout.plugin.forceAtlas2.ForceAtlas2;
import org.gephi.preview.api.PreviewController;
import org.gephi.preview.api.PreviewProperties;
import org.gephi.preview.api.PreviewProperty;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/**
 * Opens a file with Gephi's own importer, as its window does, and prints what came in as JSON:
 *
 * <pre>java -cp gephi-toolkit-all.jar Gephi.java graph.gexf [picture.png]</pre>
 */
public final class Gephi {
  public static void main(String[] arguments) throws Exception {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    projects.newProject();
    Workspace workspace = projects.getCurrentWorkspace();
    ImportController importer = Lookup.getDefault().lookup(ImportController.class);
    Container container = importer.importFile(new File(arguments[0]));
    container.getLoader().setEdgesMergeStrategy(EdgeMergeStrategy.NO_MERGE);
    container.getLoader().setAllowAutoNode(false);
    Report report = container.getReport();
    importer.process(container, new DefaultProcessor(), workspace);
    GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel();
    Graph graph = model.getDirectedGraph();

    List<String> nodes = new ArrayList<>();
    for (Node node : graph.getNodes())
      nodes.add(row(node.getId(), node.getLabel(), attribute(node, titled(model.getNodeTable(), "type"))));
    List<String> edges = new ArrayList<>();
    for (Edge edge : graph.getEdges())
      edges.add(
          row(edge.getSource().getId(), edge.getTarget().getId(),
              attribute(edge, titled(model.getEdgeTable(), "type")),
              attribute(edge, titled(model.getEdgeTable(), "status"))));
    List<String> issues = new ArrayList<>();
    for (var each = report.getIssues(1000); each.hasNext(); ) {
      Issue issue = each.next();
      if (issue.getLevel() != Issue.Level.INFO) issues.add(text(issue.getMessage()));
    }
    System.out.printf(
        "{\"nodes\":[%s],\"edges\":[%s],\"more\":{\"directed\":%s,\"dynamic\":%s,\"issues\":[%s]}}%n",
        String.join(",", nodes), String.join(",", edges), model.isDirected(), model.isDynamic(), String.join(",", issues));

    if (arguments.length > 1) draw(model, workspace, new File(arguments[1]));
    System.exit(0);
  }

  private static void draw(GraphModel model, Workspace workspace, File picture) throws Exception {
    AutoLayout layout = new AutoLayout(4, TimeUnit.SECONDS);
    layout.setGraphModel(model);
    ForceAtlas2 forces = new ForceAtlas2(null);
    forces.resetPropertiesValues();
    forces.setScalingRatio(30.0);
    layout.addLayout(forces, 1f);
    layout.execute();
    PreviewController previews = Lookup.getDefault().lookup(PreviewController.class);
    PreviewProperties properties = previews.getModel(workspace).getProperties();
    properties.putValue(PreviewProperty.SHOW_NODE_LABELS, true);
    properties.putValue(PreviewProperty.NODE_LABEL_PROPORTIONAL_SIZE, false);
    properties.putValue(PreviewProperty.EDGE_CURVED, true);
    previews.refreshPreview();
    ExportController exporter = Lookup.getDefault().lookup(ExportController.class);
    PNGExporter png = (PNGExporter) exporter.getExporter("png");
    png.setWorkspace(workspace);
    png.setWidth(1400);
    png.setHeight(1000);
    exporter.exportFile(picture, png);
  }

  private static Column titled(Table table, String title) {
    for (Column column : table) if (column.getTitle().equals(title)) return column;
    return null;
  }

  private static Object attribute(org.gephi.graph.api.Element element, Column column) {
    return column == null ? null : element.getAttribute(column);
  }

  private static String row(Object... values) {
    List<String> cells = new ArrayList<>();
    for (Object value : values) cells.add(text(value));
    return "[" + String.join(",", cells) + "]";
  }

  private static String text(Object value) {
    if (value == null) return "null";
    StringBuilder json = new StringBuilder("\"");
    for (char each : value.toString().toCharArray())
      if (each == '"' || each == '\\') json.append('\\').append(each);
      else if (each < ' ') json.append(String.format("\\u%04x", (int) each));
      else json.append(each);
    return json.append('"').toString();
  }
}
