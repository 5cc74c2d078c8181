#include "core/pipeline_tests/step_source.h"

#include <algorithm>
#include <span>

namespace rw {

void SourceScript::give(const std::string& partition, StepRows rows) {
    m_given.push_back({partition, std::make_shared<const StepRows>(std::move(rows))});
    wake();
}

void SourceScript::end() {
    m_ends = true;
    wake();
}

void SourceScript::fail() {
    m_fails = true;
    wake();
}

void SourceScript::setSilent(bool silent) {
    m_silent = silent;
    wake();
}

void SourceScript::touch() {
    m_touched = true;
    wake();
}

void SourceScript::wake() {
    if (m_waker) m_waker->wake();
}

struct StepSource::Piece final : Chunk {
    explicit Piece(std::shared_ptr<const StepRows> given) : rows(std::move(given)) {}
    const std::shared_ptr<const StepRows> rows;
};

StepSource::StepSource(std::shared_ptr<SourceScript> script, const BoundNode& bound,
                       const MakeContext& context, int arrival, std::optional<Millis> idle)
    : m_script(std::move(script)),
      m_schema(bound.outputs.front().schema),
      m_clock(context.clock),
      m_batchRows(std::max<std::size_t>(context.batchRows, 1)),
      m_arrival(arrival),
      m_nullOnError(context.nullOnError) {
    eventTime = bound.outputs.front().eventTime;
    watermarkDelay = bound.watermarkDelay;
    idleTimeout = idle;
    several = !bound.outputs.front().sourceOrder;
    if (several && m_script->m_partitions.empty()) m_script->addPartition(kOnlyPartition);
}

Result<Poll> StepSource::poll(std::unique_ptr<Chunk>& chunk) {
    SourceScript& script = *m_script;
    if (!script.m_given.empty()) {
        SourceScript::Given given = std::move(script.m_given.front());
        script.m_given.pop_front();
        auto piece = std::make_unique<Piece>(std::move(given.rows));
        piece->arrived = m_clock->now();
        chunk = std::move(piece);
        Poll ready;
        if (several) ready.partition = script.m_partitions.at(given.partition);
        return ready;
    }
    if (script.m_fails) {
        return Status(ErrorCode::Io,
                      RW_TEXT("pipeline_tests", "The source fails here, as the test wants it to."));
    }
    if (script.m_ends) return Poll{Poll::Kind::End};
    Poll wait{Poll::Kind::Wait, Poll::kUntilWoken};
    wait.drained = script.m_silent;
    return wait;
}

std::vector<PartitionEvent> StepSource::takePartitionEvents() {
    std::vector<PartitionEvent> events;
    if (several && !std::exchange(m_told, true)) {
        int number = 0;
        for (auto& [name, index] : m_script->m_partitions) {
            index = number++;
            events.push_back({name, PartitionState::Live});
        }
    }
    // It was out of reach for no time at all: silence counts from here on.
    if (std::exchange(m_script->m_touched, false)) {
        events.push_back({{}, PartitionState::Connecting});
        events.push_back({{}, PartitionState::Live});
    }
    return events;
}

std::vector<PartitionProgress> StepSource::partitionProgress() const {
    return several ? std::vector<PartitionProgress>() : std::vector<PartitionProgress>(1);
}

Status StepSource::parse(const Chunk& chunk, ParsedChunk& out) const {
    const auto& piece = static_cast<const Piece&>(chunk);
    std::vector<std::uint32_t> good;
    for (std::uint32_t i = 0; i < piece.rows->size(); ++i) {
        const StepRow& row = (*piece.rows)[i];
        if (!row.wrong.empty() && !m_nullOnError) {
            out.reject(i, row.wrong, row.text);
        } else {
            good.push_back(i);
        }
    }
    for (std::size_t from = 0; from < good.size(); from += m_batchRows) {
        const auto begin = good.begin() + static_cast<std::ptrdiff_t>(from);
        const auto count = static_cast<std::ptrdiff_t>(std::min(m_batchRows, good.size() - from));
        out.batches.push_back(batchOf(piece, {begin, begin + count}));
    }
    out.rowsRead = static_cast<std::uint32_t>(piece.rows->size());
    return {};
}

Batch StepSource::batchOf(const Piece& piece, const std::vector<std::uint32_t>& rows) const {
    Batch out;
    out.schema = m_schema;
    out.rows = rows.size();
    out.positions.first = 0;
    out.positions.offsets = std::make_shared<const std::vector<std::uint32_t>>(rows);
    for (std::size_t column = 0; column < m_schema->size(); ++column) {
        ColumnBuilder builder(m_schema->fields[column].type);
        builder.reserve(rows.size());
        for (const std::uint32_t row : rows) {
            const bool arrival = static_cast<int>(column) == m_arrival;
            appendValue(builder, arrival ? Value{piece.arrived} : (*piece.rows)[row].values[column]);
        }
        out.columns.push_back(builder.finish());
    }
    return out;
}

}  // namespace rw
