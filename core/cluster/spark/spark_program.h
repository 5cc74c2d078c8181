// A pipeline as a program that spark-submit runs, and the command that runs it.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/cluster/chart_feed.h"
#include "core/cluster/cluster_run.h"
#include "core/cluster/program_blanks.h"
#include "core/cluster/spark/spark_rows.h"
#include "core/deploy/translation.h"

namespace rw {

struct SparkProgram {
    std::string text{};                               ///< of the .py
    std::vector<ClusterChart> charts{};               ///< whose rows it tells; without queries
    std::map<NodeId, SparkRows> rows{};               ///< of each chart
    std::map<NodeId, std::vector<NodeId>> sources{};  ///< that rows of each sink come from
    std::map<NodeId, std::vector<NodeId>> above{};    ///< of each sink, and itself: the nodes of its query
    std::map<NodeId, std::string> texts{};            ///< the lines of Python of each node
    /// Of sinks whose query judges lateness at one node alone, and a row once: that node.
    std::map<NodeId, NodeId> late{};
    std::map<NodeId, std::string> outputs{};  ///< of file sinks: the folder that each writes its parts into
    bool bounded = false;                     ///< every source ends by itself
    ProgramSecrets secrets{};                 ///< that it asks for
};

/// An unsupported part is an error that names a node and why. `verdicts`, when set, gets those of all nodes.
Result<SparkProgram> sparkProgramOf(const ClusterRequest& request, Translation* verdicts = nullptr);

/// The node that an error of a sink's query is of: whose text alone has the SQL that Spark marks in it, else
/// the sink.
NodeId failedNodeOf(const SparkProgram& program, const NodeId& sink, const std::string& error);

/// The folder that relative paths of the program start at.
std::string sparkFolderOf(const ClusterRequest& request);

/// `file`: that the text was written to; `checkpoint`: the folder for the state; `secrets`: the file out of
/// which it reads them; empty: it asks for none.
std::vector<std::string> sparkCommand(const ClusterRequest& request, const SparkProgram& program,
                                      const std::string& file, const std::string& checkpoint,
                                      const std::string& secrets = {});

}  // namespace rw
