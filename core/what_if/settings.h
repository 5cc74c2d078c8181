// The settings of a variant: how people write them, and the pipeline with them.
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/what_if/what_if.h"

namespace rw {

/// A variant as people write it: settings with commas between, as “size=5min,delay=10s”; the first may be the
/// file of another version. A comma within quotes or brackets belongs to the value, and a value that is all
/// in double quotes is what is between them.
struct WrittenVariant {
    std::string file{};  ///< empty: the pipeline itself
    std::vector<WhatIfSetting> settings{};
};
Result<WrittenVariant> parseVariant(std::string_view text);

/// A pipeline with the settings of a variant.
struct Varied {
    Pipeline pipeline{};
    std::map<std::string, std::string> variables{};  ///< for ValidateOptions
    std::set<NodeId> nodes{};                        ///< that were set themselves
};

/// An error where a setting names nothing, with the nearest name, more than one parameter, or the same as
/// another one.
Result<Varied> vary(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& validating,
                    const std::vector<WhatIfSetting>& settings);

}  // namespace rw
