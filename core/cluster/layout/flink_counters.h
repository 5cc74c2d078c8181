// The counters of a job's operators, read again and again.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/cluster/layout/flink_layout.h"

namespace rw {

/// Asks for the job's plan once, and then for each of its vertices as often as its metrics' names need: one
/// request for some twenty operators. Single-threaded.
class FlinkCounters {
 public:
    FlinkCounters(std::string job, FlinkGraph graph) : m_job(std::move(job)), m_graph(std::move(graph)) {}

    /// As readCounters().
    Result<std::vector<OperatorCounters>> read(FlinkRest& rest);
    /// False once the job turned out to have other operators than the graph: it never has counters then.
    bool fits() const { return m_fits; }

 private:
    enum class Metric { RowsIn, RowsOut, Watermark };
    struct Asked {
        std::size_t made = 0;
        Metric metric = Metric::RowsIn;
    };
    struct Vertex {
        std::string id{};
        std::vector<std::size_t> operators{};
        std::vector<std::string> paths{};  ///< of the requests
    };

    Status lookUp(FlinkRest& rest);
    void addPaths(Vertex& vertex, int offset);
    void take(const Vertex& vertex, const Json& answer, std::vector<OperatorCounters>& counters) const;

    const std::string m_job;
    const FlinkGraph m_graph;
    bool m_known = false, m_fits = true;
    std::vector<Vertex> m_vertices{};
    std::map<std::string, Asked> m_asked{};  ///< by the metrics' names
};

}  // namespace rw
