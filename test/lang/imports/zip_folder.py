"""A folder inside of an archive can be on sys.path."""
import os
import sys
import tempfile
import zipfile

folder = tempfile.mkdtemp()
archive = os.path.join(folder, "some.zip")
with zipfile.ZipFile(archive, "w") as file:
    file.writestr("inner/zip_folder_module.py", "where = __file__\n")
sys.path.insert(0, os.path.join(archive, "inner"))
import zip_folder_module

print(os.path.relpath(zip_folder_module.where, folder))  # expect: some.zip/inner/zip_folder_module.py
sys.path[0] = os.path.join(archive, "nothing")
try:
    import zip_folder_other
except ImportError as error:
    print(error)  # expect: No module named 'zip_folder_other'
os.remove(archive)
os.rmdir(folder)
