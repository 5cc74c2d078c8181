// A pipeline as it is sent to a Flink: its statements with all values put in, the node of each, its charts.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/cluster/chart_feed.h"
#include "core/cluster/flink/flink_gateway.h"
#include "core/cluster/program_blanks.h"
#include "core/deploy/translation.h"

namespace rw {

struct FlinkProgram {
    FlinkSettings settings{};
    std::vector<Statement> statements{};  ///< tables and views, in the order in which they are sent
    std::vector<Statement> inserts{};     ///< one per sink
    std::vector<ClusterChart> charts{};
    std::map<NodeId, std::string> outputs{};  ///< of file sinks: the folder of each, as the cluster names it
    ProgramSecrets secrets{};                 ///< that `statements` have places for
    /// Sends one of `statements`, with its secrets.
    Result<FlinkTable> send(FlinkSession& session, const Statement& statement) const;
    std::vector<NodeId> sinks() const;        ///< of `inserts`
    /// All sinks as one job, EXECUTE STATEMENT SET …; empty: there are only charts.
    std::string statementSet() const;
    /// The same to be written as a plan to that address: COMPILE PLAN 'file://…' FOR STATEMENT SET …
    std::string compiledSet(const std::string& address) const;
    /// The same to be explained: EXPLAIN JSON_EXECUTION_PLAN STATEMENT SET …
    std::string explainedSet() const;
    /// One query for all charts: the node's id, then each column as STRING, NULL where a chart has fewer.
    /// Empty: there are none.
    std::string chartQuery() const;
    /// Of chartQuery(): how many columns follow the node's id.
    std::size_t chartColumns() const;
};

struct ProgramOptions {
    ValidateOptions validate{};  ///< of the pipeline; its variables
    /// As Target::folder. Empty: validate.folder.
    std::string folder{};
    /// As TranslateOptions::outputs.
    std::map<NodeId, std::string> outputs{};
    /// That know the secrets; needed where statements are sent.
    std::shared_ptr<const Connections> connections{};
};

/// An unsupported part is an error that names a node and why; the whole list is in translate()'s verdicts, of
/// which `verdicts`, when set, gets a copy.
Result<FlinkProgram> flinkProgram(const Pipeline& pipeline, const Catalogue& catalogue,
                                  const ProgramOptions& options, Translation* verdicts = nullptr);

}  // namespace rw
