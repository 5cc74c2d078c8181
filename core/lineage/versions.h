// A row that a node gave and took back later: which rows had come to the node when it gave it.
#pragma once
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/lineage/gather.h"
#include "core/lineage/upstream.h"
#include "core/stream/lineage/contributors.h"

namespace rw {

/// A row of an output port of a node that has inputs.
struct GivenRow {
    NodeId node{};
    int port = 0;
    Batch row{};
};

/// By node the rows that it was asked about.
using AskedRows = std::map<NodeId, std::vector<GivenRow>>;

/// The rows by one way that had a part in it.
struct VersionInput {
    std::size_t entry = 0;  ///< of the node's contributors
    UpstreamPort from{};
    GatheredRows rows{};  ///< with the wires of that port
};

struct GivenVersion {
    bool given = false;                  ///< the node gave the row in this run, too
    std::optional<Instant> watermark{};  ///< that made it give the row; nothing: a row did
    std::vector<VersionInput> inputs{};
};

/// Ports whose rows a run gathers in which the node is watched, so that all such runs are one: which rows a
/// node gives and takes back depends on how those of several sources came together.
std::vector<WantedRows> watchedPorts(const Upstream& upstream, const NodeId& node, int port);

/// A run in which the node is watched as it takes rows and gives `given`. Of what `contributors` take, for
/// that row, those rows that came before it and stood then; of a row that was given several times before the
/// last time. `after`: as of WantedRows. An error as of Gatherer::gather().
Result<GivenVersion> versionOf(const Upstream& upstream, Gatherer& gatherer, const GivenRow& given,
                               const std::vector<Contributors>& contributors, std::size_t after);

}  // namespace rw
