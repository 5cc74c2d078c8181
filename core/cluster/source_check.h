// How the files of sources are looked at before a job is given in.
#pragma once
#include <functional>
#include <string>

#include "core/pipeline/validate.h"

namespace rw {

struct SourceCheck {
    ValidateOptions validate{};  ///< of the pipeline; its variables
    /// As Target::folder. Empty: validate.folder. One that is no folder of this computer: nothing is looked
    /// at.
    std::string folder{};
    std::function<bool()> cancelled{};  ///< asked again and again; true: the findings so far are given
};

}  // namespace rw
