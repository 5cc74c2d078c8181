// The output of an operator that is driven by itself.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/data/text.h"
#include "tests/unit/nodes/driver.h"

namespace rw::test {

inline constexpr std::size_t kMostBatchesOfCall = 16;  // that one call may emit, in rows

/// Takes what an operator sends, and says what of it the operator contract forbids.
class Log final : public Output {
 public:
    Log(const BoundNode& bound, const DriveOptions& options, Driven& driven)
        : m_bound(bound), m_options(options), m_driven(driven) {
        driven.ports.resize(bound.outputs.size());
        for (std::size_t port = 0; port < driven.ports.size(); ++port)
            m_known.push_back(options.before ? options.before->ports[port].watermark : kMinTimestamp);
    }

    /// A call of the operator begins; `rows` of input have come in all, `given` with this call, and `input`
    /// is their watermark.
    void beginCall(std::size_t rows, std::size_t given, Instant input) {
        m_fed = rows;
        m_input = input;
        m_left = kMostBatchesOfCall * std::max(m_options.batchRows, given);
        m_emitted = 0;
    }

    void emit(int port, Batch batch) override {
        PortLog& log = m_driven.ports[static_cast<std::size_t>(port)];
        const StreamType& stream = m_bound.outputs[static_cast<std::size_t>(port)];
        ++log.batches;
        m_emitted += batch.rows;
        if (m_emitted > m_left) {
            problem(fmt::format("emitted {} rows in one call: no more than {} are a bounded piece of work",
                                m_emitted, m_left));
        }
        check(stream, batch, std::max(log.watermark, m_known[static_cast<std::size_t>(port)]));
        if (!m_driven.problems.empty()) return;
        const std::vector<std::string> stamps = stampsOf(stream, batch);
        countLateRows(stream, batch, std::max(log.watermark, m_known[static_cast<std::size_t>(port)]));
        for (std::size_t row = 0; row < batch.rows; ++row) {
            std::string key;
            for (const int column : stream.key) {
                if (!batch.columns[static_cast<std::size_t>(column)]) continue;
                // A NULL is another key than an empty text.
                appendCell(key += batch.column(column).isNull(row) ? "|-" : "|+", batch.column(column), row);
            }
            log.keys.push_back(key);
        }
        if (!m_options.shown.empty()) {
            const ColumnSet& shown = m_options.shown[static_cast<std::size_t>(port)];
            for (std::size_t column = 0; column < shown.size(); ++column) {
                if (!shown[column]) batch.columns[column] = nullptr;
            }
        }
        for (std::size_t row = 0; row < batch.rows; ++row) {
            log.rows.push_back(std::string(toString(batch.kind(row))) + " " + rowText(batch, row) +
                               stamps[row]);
        }
    }

    void watermark(int port, Instant watermark) override {
        PortLog& log = m_driven.ports[static_cast<std::size_t>(port)];
        const Instant known = std::max(log.watermark, m_known[static_cast<std::size_t>(port)]);
        if (watermark < known)
            problem(fmt::format("the watermark went back from {} to {}", known, watermark));
        if (watermark > log.watermark) log.watermarks[m_fed] = watermark;
        log.watermark = std::max(log.watermark, watermark);
    }

    Status reject(const Batch& batch, std::size_t row, const Text& reason) override {
        m_driven.rejected.push_back(rowText(batch, row) + ": " + english(reason));
        return {};
    }

    void countLate(std::size_t, Millis) override {}

    void countNullDropped(std::size_t rows) override { m_driven.nullDropped += rows; }

    void noteHeld(std::size_t rows) { m_driven.held = std::max(m_driven.held, rows); }

    void problem(std::string what) {
        if (m_driven.problems.empty()) m_driven.problems.push_back(std::move(what));
    }

 private:
    /// “ after 12345” for each row whose stamp says something.
    static std::vector<std::string> stampsOf(const StreamType& stream, const Batch& batch) {
        std::vector<std::string> stamps(batch.rows);
        const auto time = static_cast<std::size_t>(std::max(stream.eventTime, 0));
        if (!batch.stamps || stream.eventTime < 0 || !batch.columns[time]) return stamps;
        for (std::size_t row = 0; row < batch.rows; ++row) {
            const Instant stamp = (*batch.stamps)[row];
            if (batch.columns[time]->at<Instant>(row) < saturatingAdd(stamp, 2))
                stamps[row] = fmt::format(" after {}", stamp);
        }
        return stamps;
    }

    void check(const StreamType& stream, const Batch& batch, Instant sent) {
        if (!batch.schema || *batch.schema != *stream.schema) problem("another schema than was bound");
        if (batch.columns.size() != stream.schema->size()) return problem("columns are missing");
        for (const ColumnRef& column : batch.columns) {
            if (column && column->size() != batch.rows) problem("columns of different lengths");
        }
        if (batch.stamps && batch.stamps->size() != batch.rows) problem("stamps of another length");
        const auto time = static_cast<std::size_t>(std::max(stream.eventTime, 0));
        if (!stream.made || stream.eventTime < 0 || !batch.columns[time]) return;
        for (std::size_t row = 0; row < batch.rows; ++row) {
            const Column& times = batch.column(stream.eventTime);
            if (times.isNull(row) || times.at<Instant>(row) < saturatingAdd(sent, 2)) {
                problem("a made row behind the watermark that was sent");
            } else if (stream.updating && times.at<Instant>(row) > m_input) {
                m_driven.early = true;
            }
        }
    }

    /// Of a stream that is not made: a made row may not be behind the watermark at all.
    void countLateRows(const StreamType& stream, const Batch& batch, Instant sent) {
        const auto time = static_cast<std::size_t>(std::max(stream.eventTime, 0));
        if (stream.made || stream.eventTime < 0 || !batch.columns[time]) return;
        const Column& times = batch.column(stream.eventTime);
        for (std::size_t row = 0; row < batch.rows; ++row)
            m_driven.behind += !times.isNull(row) && times.at<Instant>(row) <= sent ? 1 : 0;
    }

    const BoundNode& m_bound;
    const DriveOptions& m_options;
    Driven& m_driven;
    std::vector<Instant> m_known;  ///< per port: sent before the run was left
    std::size_t m_fed = 0, m_left = 0, m_emitted = 0;
    Instant m_input = kMinTimestamp;
};

}  // namespace rw::test
