// The targets of a person, in one file that the window and the command line share.
#pragma once
#include <string>
#include <vector>

#include "core/cluster/target.h"

namespace rw {

/// $XDG_CONFIG_HOME/rillwright/targets.json, or below ~/.config.
std::string targetsPath();
/// No file: no targets. A file that can't be read, or was written by hand and is wrong, is an error that
/// names the place; unknown members are kept by writeTargets() nowhere, but read without harm.
Result<std::vector<Target>> readTargets(const std::string& path = targetsPath());
/// Puts the file in place whole, readable by its owner alone; makes the folder. Secrets are never in it.
Status writeTargets(const std::vector<Target>& targets, const std::string& path = targetsPath());
/// The target of that name; an error that lists those that there are.
Result<Target> targetNamed(const std::vector<Target>& targets, const std::string& name);

}  // namespace rw
