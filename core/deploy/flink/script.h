// The script around the nodes: settings of the session, and statements put together for Flink's own tools.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "core/deploy/translation.h"

namespace rw {

/// Keys and values of SET.
std::vector<std::pair<std::string, std::string>> flinkSettings(const Pipeline& pipeline);
/// Those of a job whose guarantees need checkpoints, and restarts: Translation::checkpoints.
std::vector<std::pair<std::string, std::string>> flinkCheckpointSettings(const Pipeline& pipeline);
/// Those of a job whose state may be larger than memory: Translation::keepsState. Artefacts alone have them:
/// a job that is deployed keeps its state as its cluster does, and goes on from checkpoints of that.
std::vector<std::pair<std::string, std::string>> flinkStateSettings();
/// What they are, for a comment above them.
std::vector<std::string> flinkStateLines();
/// The jars that it needs, for a head; no lines where it needs none.
std::vector<std::string> flinkJarLines(const Translation& translation);
/// flinkSettings() as statements, which come first.
std::vector<Statement> flinkSettingStatements(const Pipeline& pipeline);

/// All Inserts as one statement, so that they are one job and sources are read once; empty: there are none.
std::string flinkStatementSet(const Translation& translation);

/// For the SQL client.
std::string flinkScript(const Pipeline& pipeline, const Translation& translation,
                        const TranslateOptions& options);
/// For Python with the package apache-flink.
std::string pyflinkProgram(const Pipeline& pipeline, const Translation& translation,
                           const TranslateOptions& options);

}  // namespace rw
