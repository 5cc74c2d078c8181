// The charts of a pipeline that runs on a cluster: rows that the cluster gives become the pictures that the
// same nodes have in a run here.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/cluster/change_row.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/validate.h"
#include "core/stream/live_view.h"

namespace rw {

/// A chart node whose rows are fetched.
struct ClusterChart {
    NodeId node{};
    SchemaRef schema{};   ///< of the rows that reach it
    std::string query{};  ///< SELECT of exactly these columns; empty: the engine sends them by itself
};

/// One thread writes; views are read by any.
class ChartFeed {
 public:
    /// Makes the sinks of the charts as a run would. A chart that can't be made is an error.
    static Result<std::unique_ptr<ChartFeed>> make(const Pipeline& pipeline, const Catalogue& catalogue,
                                                   const ValidateOptions& options,
                                                   const std::vector<ClusterChart>& charts);
    ~ChartFeed();

    /// Null: it is none of these charts.
    std::shared_ptr<LiveView> view(const NodeId& node) const;
    /// The first cell of a row names its chart. A cell that can't be read as
    /// its column's type is an error that names node and column.
    Status add(const std::vector<ChangeRow>& rows);
    /// Nothing has come for a moment: a window of which rows came is taken to be whole, for clusters give
    /// those of one at once.
    Status idle();
    /// No row comes any more, for all sources have ended.
    Status end();
    std::uint64_t rows() const;  ///< that were added; any thread

 private:
    struct Charts;
    explicit ChartFeed(std::unique_ptr<Charts> charts);
    std::unique_ptr<Charts> m_charts;
};

}  // namespace rw
