// The Python interpreter of a node, and what the user agrees to when it runs code.
#pragma once
#include <string>
#include <vector>

#include "core/base/status.h"

namespace rw {

/// The path of the interpreter: `<venv>/bin/python`, or where `venv` is empty the first python3 on PATH that
/// is a program (not a script that looks for one); empty: there is none. With a `venv` it looks at no file.
std::string interpreterOf(const std::string& venv);

/// The first program of that name on PATH, absolute; empty: there is none.
std::string programOnPath(const std::string& name);

/// SHA-256 in hexadecimal digits of the code and the path of the interpreter, and whether it gets the
/// network: what the user agreed to. Other code, or another interpreter, has another one.
std::string fingerprintOf(const std::string& code, const std::string& interpreter, bool network);

/// The folders that the interpreter needs to see besides /usr: its virtual environment and the installation
/// that this is made of. Looks at the disk.
std::vector<std::string> foldersOf(const std::string& interpreter, const std::string& venv);

}  // namespace rw
