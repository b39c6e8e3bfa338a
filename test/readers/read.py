"""Opens an exported file with the library that its users open it with, and prints what that library found.

    python read.py READER FILE

Prints one JSON object: {"nodes": [[id, label, type], ...], "edges": [[from, to, type, status], ...], "more": {...}},
both sorted; null where a format has no place for a value. Fails where the library refuses the file.
"""

import csv
import io
import json
import subprocess
import sys
import zipfile


def of_networkx(graph):
    """Any graph that NetworkX holds; the keys of its attributes are those of the export."""
    nodes = [[str(key), data.get("label") or data.get("name"), data.get("type")] for key, data in graph.nodes(data=True)]
    edges = [
        [str(source), str(target), data.get("type") or data.get("label"), data.get("status")]
        for source, target, data in graph.edges(data=True)
    ]
    more = {"directed": graph.is_directed(), "multigraph": graph.is_multigraph()}
    return nodes, edges, more


def networkx_gexf(path):
    import networkx as nx

    return of_networkx(nx.read_gexf(path, version="1.3"))


def networkx_graphml(path):
    import networkx as nx

    return of_networkx(nx.read_graphml(path, force_multigraph=True))


def networkx_json(path):
    import networkx as nx

    with open(path, encoding="utf-8") as file:
        return of_networkx(nx.node_link_graph(json.load(file), edges="edges"))


def networkx_cyjs(path):
    import networkx as nx

    with open(path, encoding="utf-8") as file:
        return of_networkx(nx.cytoscape_graph(json.load(file)))


def igraph_graphml(path):
    import igraph

    graph = igraph.Graph.Read_GraphML(path)
    names = [vertex["id"] for vertex in graph.vs]
    nodes = [[vertex["id"], vertex["label"], vertex["type"]] for vertex in graph.vs]
    edges = [[names[edge.source], names[edge.target], edge["type"], edge["status"]] for edge in graph.es]
    return nodes, edges, {"directed": graph.is_directed()}


def graphviz(path):
    """Graphviz' own parser reads the file, by way of its scripting tool, which lays nothing out."""
    program = """
        BEG_G { print($G.directed ? "directed" : "undirected"); }
        N { print("N\t" + $.name + "\t" + aget($, "type")); }
        E { print("E\t" + $.tail.name + "\t" + $.head.name + "\t" + aget($, "type") + "\t" + aget($, "status")); }
    """
    told = subprocess.run(["gvpr", program, path], check=True, capture_output=True)
    if told.stderr:
        raise ValueError(told.stderr.decode("utf-8"))
    rows = [line.split("\t") for line in told.stdout.decode("utf-8").splitlines()]
    nodes = [[name, None, kind or None] for tag, name, kind in (row for row in rows if row[0] == "N")]
    edges = [[cell or None for cell in row[1:]] for row in rows if row[0] == "E"]
    return nodes, edges, {"directed": rows[0] == ["directed"]}


def pydot(path):
    import pydot as reader

    (graph,) = reader.graph_from_dot_file(path, encoding="utf-8")
    return [], [], {"nodes": len(graph.get_nodes()), "edges": len(graph.get_edges())}


def rdflib(path):
    from rdflib import Graph

    graph = Graph()
    graph.parse(path, format="json-ld")
    subjects = {str(subject) for subject in graph.subjects()}
    return [], [], {"triples": len(graph), "subjects": len(subjects)}


def xsd(path, schema):
    from lxml import etree

    etree.XMLSchema(etree.parse(schema)).assertValid(etree.parse(path, etree.XMLParser(huge_tree=True)))
    return [], [], {"valid": True}


def followthemoney(path):
    from followthemoney import model

    nodes, edges = [], []
    ids, targets, rejected = set(), set(), 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            data = json.loads(line)
            proxy = model.get_proxy(data)
            # What the library drops as no value of its property's type would be lost to everybody who reads it.
            clean = proxy.to_dict()["properties"]
            for name, values in data["properties"].items():
                kept = clean.get(name, [])
                rejected += sum(1 for value in values if value not in kept)
            if proxy.schema.edge:
                for source, target in proxy.edgepairs():
                    edges.append([source, target, proxy.schema.name, None])
            else:
                nodes.append([proxy.id, proxy.caption, proxy.schema.name])
            ids.add(proxy.id)
            for prop, value in proxy.itervalues():
                if prop.type.name == "entity":
                    targets.add(value)
    return nodes, edges, {"entities": len(ids), "dangling": sorted(targets - ids), "rejected": rejected}


def stix(path):
    import stix2

    with open(path, encoding="utf-8") as file:
        bundle = stix2.parse(file, allow_custom=False)
    objects = [one for one in bundle.objects if not isinstance(one, dict)]
    raw = len(bundle.objects) - len(objects)
    nodes = [[one.id, one.get("name"), one.type] for one in objects if one.type not in ("relationship", "sighting")]
    edges = [
        [one.source_ref, one.target_ref, one.relationship_type, None] for one in objects if one.type == "relationship"
    ]
    ids = {one.id for one in objects}
    dangling = sorted({ref for edge in edges for ref in edge[:2]} - ids)
    return nodes, edges, {"objects": len(objects), "unknown": raw, "dangling": dangling}


def csv_zip(path):
    with zipfile.ZipFile(path) as archive:
        broken = archive.testzip()
        tables = {
            name: list(csv.DictReader(io.TextIOWrapper(archive.open(name), encoding="utf-8-sig", newline="")))
            for name in archive.namelist()
            if name.endswith(".csv")
        }
    nodes = [[row["id"], row.get("label") or row.get("name"), row.get("type")] for row in tables["nodes.csv"]]
    edges = [
        [row.get("from") or row.get("source"), row.get("to") or row.get("target"), row.get("type"), row.get("status")]
        for row in tables["relationships.csv"]
    ]
    more = {name: len(rows) for name, rows in tables.items()}
    return nodes, edges, {"broken": broken, **more}


READERS = {
    reader.__name__: reader
    for reader in (
        networkx_gexf,
        networkx_graphml,
        networkx_json,
        networkx_cyjs,
        igraph_graphml,
        graphviz,
        pydot,
        rdflib,
        xsd,
        followthemoney,
        stix,
        csv_zip,
    )
}


def main(reader, *paths):
    nodes, edges, more = READERS[reader](*paths)
    key = lambda row: [value or "" for value in row]
    json.dump({"nodes": sorted(nodes, key=key), "edges": sorted(edges, key=key), "more": more}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
