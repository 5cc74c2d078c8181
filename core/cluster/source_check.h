// How the files of sources are checked before a job is submitted.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/connect/csv/survey.h"
#include "core/pipeline/checks/trust.h"
#include "core/pipeline/issue.h"
#include "core/pipeline/validate.h"

namespace rw {

struct SourceCheck {
    ValidateOptions validate{};  ///< of the pipeline; its variables
    /// As Target::folder. Empty: validate.folder. One that is no folder of this computer: nothing is looked
    /// at.
    std::string folder{};
    std::function<bool()> cancelled{};     ///< asked again and again; true: the findings so far are given
    std::shared_ptr<const Files> files{};  ///< null: the machine's
    Trust trust{};                         ///< may limit which files are read; others are not
};

/// The files of sources whose text depends on their content.
struct SeenSources {
    std::map<NodeId, CsvSurvey> surveys{};  ///< with their columns
    std::map<NodeId, Text> unread{};        ///< why those of the other sources were not read
    std::vector<Issue> misread{};           ///< as EngineBackend::misread()
};

}  // namespace rw
