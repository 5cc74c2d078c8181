// Sources: the same rows in the same order whatever the size of a batch, and whatever columns are read.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/data/text.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/child.h"
#include "tests/unit/nodes/contract.h"
#include "tests/unit/nodes/contract_params.h"
#include "tests/unit/nodes/driver.h"
#include "tests/unit/nodes/manual_clock.h"

namespace rw::test {

namespace {

constexpr std::size_t kEnough = 300;  // rows of a source that does not end
constexpr int kMostPolls = 2'000;     // of one that has nothing to say
constexpr int kInputRows = 100;

using Lines = std::vector<std::string>;

void writeInput(const std::filesystem::path& folder) {
    std::ofstream file(folder / kInputFile);
    file << "a,ts\n";
    for (int row = 0; row < kInputRows; ++row) {
        const std::string number = row % 10 == 4 ? "" : std::to_string(row);
        file << (row % 10 == 3 ? "no number" : number) << fmt::format(",2024-01-01 00:00:{:02}\n", row % 60);
    }
}

/// One set of parameters.
class SourceTrial {
 public:
    SourceTrial(const NodeKind& kind, const Json& params) : m_kind(kind), m_params(params) {
        writeInput(m_folder.path());
        m_bound = bindNode(kind, params, {}, m_folder.path().string()).node;
    }

    bool binds() const { return m_bound != nullptr; }

    /// Rows, with `wanted` columns built and `shown` ones told; a first line that begins with “it” says what
    /// is wrong.
    Lines rows(std::size_t batchRows, const ColumnSet& wanted, const ColumnSet& shown) const {
        const auto clock = std::make_shared<ManualClock>();
        MakeContext context;
        context.node = "n";
        context.clock = clock;
        context.folder = m_folder.path().string();
        context.batchRows = batchRows;
        context.wanted = wanted;
        Result<Made> made = m_kind.make(*m_bound, context);
        if (!made.ok()) return {"it cannot be made: " + english(made.error())};
        auto& source = std::get<std::unique_ptr<Source>>(*made);
        if (const Status status = source->open(); !status.ok())
            return {"it does not open: " + english(status.error())};
        Lines lines;
        std::int64_t first = 0;  // number of the chunk's first row
        for (int polls = 0; polls < kMostPolls && lines.size() < kEnough; ++polls) {
            std::unique_ptr<Chunk> chunk;
            const Result<Poll> poll = source->poll(chunk);
            if (!poll.ok()) return {"it fails: " + english(poll.error())};
            if (poll->kind == Poll::Kind::End) break;
            if (poll->kind == Poll::Kind::Wait)
                clock->advance(std::max<std::int64_t>(1, poll->until - clock->steady));
            if (!chunk) continue;
            ParsedChunk parsed;
            if (const Status status = source->parse(*chunk, parsed); !status.ok())
                return {"it fails: " + english(status.error())};
            if (std::string why = take(parsed, first, batchRows, shown, lines); !why.empty()) return {why};
            first += parsed.rowsRead;
        }
        lines.resize(std::min(lines.size(), kEnough));
        return lines;
    }

    std::string fault() const {
        const StreamType& stream = m_bound->outputs.front();
        const ColumnSet all(stream.schema->size(), true);
        const Lines whole = rows(4096, all, all);
        if (whole.empty()) return said(4096, "no row comes");
        if (whole.front().starts_with("it ")) return said(4096, whole.front());
        if (m_bound->live) return {};  // readings of the outside world are not the same twice
        for (const std::size_t size : {1, 3, 7}) {
            const std::string why = firstDifference(whole, rows(size, all, all));
            if (!why.empty()) return said(size, why);
        }
        for (std::size_t column = 0; column < all.size(); ++column) {
            ColumnSet one(all.size(), false);
            one[column] = true;
            ColumnSet wanted = one;
            if (stream.eventTime >= 0) wanted[static_cast<std::size_t>(stream.eventTime)] = true;
            const std::string why = firstDifference(rows(7, all, one), rows(7, wanted, one));
            if (!why.empty()) return said(7, "without the columns that nobody reads: " + why);
        }
        return {};
    }

 private:
    std::string take(const ParsedChunk& parsed, std::int64_t first, std::size_t batchRows,
                     const ColumnSet& shown, Lines& lines) const {
        std::int64_t last = -1;
        for (Batch batch : parsed.batches) {
            if (batch.rows > batchRows) return fmt::format("it gives {} rows in a batch", batch.rows);
            if (batch.columns.size() != shown.size()) return "it gives batches without all columns";
            batch.schema = m_bound->outputs.front().schema;
            for (std::size_t column = 0; column < shown.size(); ++column) {
                if (!shown[column]) batch.columns[column] = nullptr;
            }
            for (std::size_t row = 0; row < batch.rows; ++row) {
                const std::int64_t position = batch.positions.known() ? batch.positions.at(row) : -2;
                if (position <= last) return fmt::format("it gives row {} after row {}", position, last);
                last = position;
                lines.push_back(fmt::format("{}: {}", first + position, rowText(batch, row)));
            }
        }
        for (const BadRow& bad : parsed.bad)
            lines.push_back(fmt::format("bad {}: {}", first + bad.index, english(bad.reason)));
        if (last >= static_cast<std::int64_t>(parsed.rowsRead)) return "it counts fewer rows than it gives";
        return {};
    }

    std::string said(std::size_t size, const std::string& why) const {
        return fmt::format("{} {}, batches of {} rows: {}", m_kind.type, m_params.dump(), size, why);
    }

    const NodeKind& m_kind;
    const Json& m_params;
    const testing::ScratchFolder m_folder{"source_contract"};
    BoundNodeRef m_bound;
};

}  // namespace

std::string sourceFault(const NodeKind& kind) {
    int tried = 0;
    for (const Json& params : variants(kind)) {
        const SourceTrial trial(kind, params);
        if (!trial.binds()) continue;
        ++tried;
        if (std::string fault = trial.fault(); !fault.empty()) return fault;
    }
    return tried == 0 ? kind.type + ": no set of parameters binds" : std::string();
}

}  // namespace rw::test
