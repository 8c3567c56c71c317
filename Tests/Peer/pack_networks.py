"""pack_networks.py FOLDER PREFIX NAME...: networks that hgq2_models.py, pquant_models.py or qkeras_models.py wrote as fixtures: PREFIX_NAME.keras, and
the first samples of its inputs and outputs, each sample one row of all its numbers, PREFIX_NAME_x.npy and PREFIX_NAME_y.npy."""

import pathlib
import sys
import zipfile

import numpy as np

SAMPLES = 4
FIXTURES = pathlib.Path(__file__).parent.parent / "Fixtures" / "quantized"


def rows(folder, kind):
    arrays = [np.load(path)[:SAMPLES] for path in sorted(folder.glob(f"{kind}_*.npy"))]
    return np.concatenate([array.reshape(SAMPLES, -1) for array in arrays], axis=1)


def main():
    folder, prefix = pathlib.Path(sys.argv[1]), sys.argv[2]
    FIXTURES.mkdir(exist_ok=True)
    for name in sys.argv[3:]:
        place, base = folder / name, name.removesuffix("_0")
        with zipfile.ZipFile(place / "model.keras") as stored, \
                zipfile.ZipFile(FIXTURES / f"{prefix}_{base}.keras", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
            for member in stored.namelist():
                packed.writestr(zipfile.ZipInfo(member, (1980, 1, 1, 0, 0, 0)), stored.read(member), zipfile.ZIP_DEFLATED)
        for kind in ("x", "y"):
            np.save(FIXTURES / f"{prefix}_{base}_{kind}.npy", rows(place, kind))


main()
