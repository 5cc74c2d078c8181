// The files that a path names: one file, a folder or a pattern. And the errors of one that changes meanwhile.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/files.h"

namespace rw {

/// All files that `path` names, absolute or not as it is, in the order of their names: itself when it is a
/// file, the regular files of a folder (hidden ones and sub-folders left out), or those that a pattern with *
/// ? [ ] matches. At least one, or an error that says what the path names instead.
Result<std::vector<std::string>> inputFiles(const std::string& path, const Files& files);
/// Those of them that are not `known`; none where the path names nothing for the moment, as when logs are
/// rotated.
std::vector<std::string> inputFilesBut(const std::function<bool(const std::string&)>& known,
                                       const std::string& path, const Files& files);
/// The part of the name of a file, one of those that `path` names, that stays when the folder is moved.
std::string nameBelow(const std::string& name, const std::string& path);

/// The present name of the file `name`, one of those that `before` names, where `now` names the same files
/// in another place; `name` itself where it is not one of them.
std::string movedName(const std::string& name, const std::string& before, const std::string& now);
/// Whether `name` may be one of those that `path` names, by their words alone.
bool mayBeNamedBy(const std::string& name, const std::string& path);

/// `file` was cut from so many bytes to so many while it was read: its last line may be a piece of a row.
Status truncatedWhileRead(const std::string& file, std::uint64_t before, std::uint64_t now);
/// `file` has other bytes before the place that was reached: a row there would be a mix of both.
Status rewrittenWhileRead(const std::string& file, std::uint64_t offset);

}  // namespace rw
