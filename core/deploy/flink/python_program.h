// The part of a program of PyFlink that defines functions of the user's.
#pragma once
#include <string>

#include "core/deploy/translation.h"

namespace rw {

/// Whether there are such functions.
bool hasPythonFunctions(const Translation& translation);
/// What they are made of: python_file(), PythonCalls, PythonFunction; and `functions(filled)`, which gives
/// all of them by their names in SQL.
std::string pythonFunctionsText(const Translation& translation);

}  // namespace rw
