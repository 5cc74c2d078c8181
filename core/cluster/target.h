// Where a pipeline can run besides here: a cluster, its addresses, and the credentials to use there.
#pragma once
#include <string>
#include <vector>

#include "core/deploy/verdict.h"
#include "core/net/http_client.h"
#include "core/secrets/secret_source.h"

namespace rw {

struct FlinkAddress {
    std::string gateway{};     ///< address of the SQL gateway, “https://flink.example:8083”
    std::string jobManager{};  ///< address of the JobManager's REST
    std::string caFile{};      ///< as HttpServer::caFile
    SecretRef token{};         ///< as HttpServer::bearer, for both
    /// Charts are fed by a job of their own, a SELECT. On a cluster that is shared others may end it at a bad
    /// moment, which ends a TaskManager (Flink 2.3.0): without it charts stay empty.
    bool charts = true;
    /// A folder that this computer and the SQL gateway both see by this path, for compiled plans: with these
    /// an edit that adds a filter or a sink keeps the state of all other nodes. Empty: jobs are SQL.
    std::string planFolder{};
    bool operator==(const FlinkAddress&) const = default;
};

struct SparkAddress {
    std::string submit = "spark-submit";  ///< the program, found on PATH where it has no slash
    std::string master = "local[*]";
    std::vector<std::string> options{};  ///< further ones of it, each as it is
    bool operator==(const SparkAddress&) const = default;
};

struct Target {
    std::string name{};  ///< unique among targets
    Engine engine{};
    FlinkAddress flink{};  ///< of a Flink
    SparkAddress spark{};  ///< of a Spark
    /// Where relative paths of a pipeline start as the cluster sees them: “/mnt/data”, “s3://bucket/in”.
    /// Empty: the pipeline's own folder, for a cluster on this computer or one that shares its disk.
    std::string folder{};
    bool operator==(const Target&) const = default;
};

/// The first field that is missing or invalid: Error::param is its name as the file of targets writes it.
Status usableTarget(const Target& target);
}  // namespace rw
