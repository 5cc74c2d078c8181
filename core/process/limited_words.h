// The words by which a program is started so that its limits hold from its first instruction on.
#pragma once
#include <string>
#include <vector>

#include "core/process/program.h"

namespace rw {

/// Those of the program itself where it has no limits; else those of a shell that sets them and then becomes
/// the program. 0, or why it can't be started, an errno: ENOENT, EACCES.
int limitedWords(const ChildProgram& program, std::vector<std::string>& words);

}  // namespace rw
