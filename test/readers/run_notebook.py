"""Runs a notebook from its beginning and prints the text that each of its cells printed, as a JSON list.

    CONCORDAT_URL=… python run_notebook.py NOTEBOOK [PICTURE]

The last picture that a cell draws is written to PICTURE; with `--save` beside it, the outputs are kept in the notebook.
"""

import base64
import json
import sys

import nbformat
from nbclient import NotebookClient


def printed(notebook):
    return [
        "".join(output.get("text", "") for output in cell.outputs if output.output_type == "stream")
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def main(path, picture=None, save=None):
    kept = nbformat.read(path, as_version=4)
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    drawn = [
        output.data["image/png"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    ]
    if picture:
        with open(picture, "wb") as file:
            file.write(base64.b64decode(drawn[-1]))
    if save:
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)
            if cell.cell_type == "code":
                cell.outputs = [output for output in cell.outputs if output.output_type == "stream"]
        nbformat.write(notebook, path)
    json.dump({"kept": printed(kept), "printed": printed(notebook), "pictures": len(drawn)}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
