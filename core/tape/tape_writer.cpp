#include "core/tape/tape_writer.h"

#include <algorithm>
#include <atomic>
#include <utility>
#include <vector>

#include "core/connect/files/system_output_files.h"
#include "core/connect/files/tape_layout.h"
#include "core/data/state_writer.h"
#include "core/tape/tape_answers.h"
#include "core/tape/tape_offsets.h"
#include "core/tape/tape_table.h"

namespace rw {

namespace {

using namespace tape_layout;

constexpr std::size_t kBlockBytes = 512U << 10;  // of a payload, from which on it becomes a block
constexpr Millis kTapeWriteWait = 1'000;         // for a file that takes nothing now

class TapeWriter final : public TapeRecorder {
 public:
    explicit TapeWriter(TapeWriterOptions options) : m_options(std::move(options)) {}

    bool isUsed() const override { return m_used; }

    Status open(const MakeContext& context, const TapeStart& start) override {
        m_used = true;
        m_outputs = outputFilesOr(context.outputs);
        if (m_outputs->state(m_options.path).ok()) {
            return {ErrorCode::Invalid, RW_TEXT("tape", "“%1” is there already.").with(m_options.shown),
                    RW_TEXT("tape", "Record into another file, or take that one away.")};
        }
        if (std::max({start.sources.size(), start.lookups.size(), start.asking.size()}) >= kNoSource) {
            return {ErrorCode::Invalid, RW_TEXT("tape", "The pipeline has too many sources for a tape."),
                    RW_TEXT("tape", "Run the pipeline without recording it.")};
        }
        RW_TRY_ASSIGN(m_file, m_outputs->create(m_options.path, {}, m_options.shown));
        m_open.resize(start.sources.size());
        m_openAnswers.resize(start.asking.size());
        Status status = put(fileHeader(!start.asking.empty()    ? kVersion
                                       : !start.lookups.empty() ? kVersionWithoutAnswers
                                                                : kVersionWithoutLookups));
        if (status.ok()) {
            status = putBlock({BlockKind::Head}, saveHead({m_options.document, start, RILLWRIGHT_VERSION}));
        }
        if (!status.ok()) discard();
        return status;
    }

    Status write(std::size_t source, const TapePiece& piece) override {
        Open& open = m_open[source];
        savePiece(open.payload, piece);
        open.offsets.add(piece);
        if (open.header.pieces == 0) open.header.firstAt = piece.at;
        open.header.lastAt = piece.at;
        open.header.watermark = piece.watermark;
        open.header.rows += piece.rows.rowsRead;
        ++open.header.pieces;
        return open.payload.size() >= kBlockBytes ? end(source) : Status();
    }

    Status write(std::size_t lookup, const TapeTable& table) override {
        const bool rows = table.kind == TapeTable::Kind::Rows;
        BlockHeader header;
        header.kind = rows ? BlockKind::TableRows : BlockKind::Table;
        header.source = static_cast<std::uint16_t>(lookup);
        header.firstPiece = table.number;
        header.rows = table.rows.rows;
        return putBlock(header, rows ? saveTableRows(table) : saveTable(table));
    }

    Status write(std::size_t asking, const Answers& answers) override {
        OpenAnswers& open = m_openAnswers[asking];
        saveAnswers(open.payload, answers);
        open.header.rows += answers.rows.size();
        return open.payload.size() >= kBlockBytes ? endAnswers(asking) : Status();
    }

    Status flush() override {
        RW_TRY(endAll());
        return m_options.lasts ? m_file->sync() : Status();
    }

    Status close(const TapeEnd& ending) override {
        RW_TRY(endAll());
        RW_TRY(putBlock({BlockKind::End}, saveEnd(ending)));
        if (m_options.lasts) RW_TRY(m_file->sync());
        return m_file->close();
    }

    void discard() override {
        if (!m_file) return;
        m_file.reset();
        m_outputs->remove(m_options.path);
    }

    std::uint64_t bytes() const override { return m_bytes; }

 private:
    /// The block of a source that is being filled.
    struct Open {
        StateWriter payload{};
        TapeOffsets offsets{};
        BlockHeader header{};
        std::uint64_t pieces = 0;  ///< in blocks before
    };

    /// The block of a node that asks.
    struct OpenAnswers {
        StateWriter payload{};
        BlockHeader header{};
        std::uint64_t rows = 0;  ///< in blocks before
    };

    Status endAll() {
        for (std::size_t source = 0; source < m_open.size(); ++source) RW_TRY(end(source));
        for (std::size_t asking = 0; asking < m_openAnswers.size(); ++asking) RW_TRY(endAnswers(asking));
        return {};
    }

    Status endAnswers(std::size_t asking) {
        OpenAnswers& open = m_openAnswers[asking];
        if (open.header.rows == 0) return {};
        BlockHeader header = std::exchange(open.header, {});
        header.kind = BlockKind::Answers;
        header.source = static_cast<std::uint16_t>(asking);
        header.firstPiece = std::exchange(open.rows, open.rows + header.rows);
        return putBlock(header, open.payload.finish());
    }

    Status end(std::size_t source) {
        Open& open = m_open[source];
        if (open.header.pieces == 0) return {};
        BlockHeader header = std::exchange(open.header, {});
        header.source = static_cast<std::uint16_t>(source);
        header.firstPiece = std::exchange(open.pieces, open.pieces + header.pieces);
        std::exchange(open.offsets, {}).save(open.payload);
        return putBlock(header, open.payload.finish());
    }

    Status putBlock(const BlockHeader& header, const std::string& payload) {
        RW_TRY_ASSIGN(const std::string bytes, block(header, payload));
        return put(bytes);
    }

    Status put(std::string_view bytes) {
        while (!bytes.empty()) {
            RW_TRY_ASSIGN(const std::size_t taken, m_file->write(bytes));
            bytes.remove_prefix(taken);
            m_bytes += taken;
            if (taken == 0 && !m_file->awaitWritable(kTapeWriteWait)) {
                return {ErrorCode::Io, RW_TEXT("tape", "“%1” takes nothing.").with(m_options.shown),
                        RW_TEXT("tape", "Record into a file on a disk.")};
            }
        }
        return {};
    }

    const TapeWriterOptions m_options;
    std::atomic<bool> m_used{false};
    std::shared_ptr<OutputFiles> m_outputs;
    std::unique_ptr<OutputFile> m_file;
    std::vector<Open> m_open;
    std::vector<OpenAnswers> m_openAnswers;
    std::atomic<std::uint64_t> m_bytes{0};
};

}  // namespace

std::shared_ptr<TapeRecorder> makeTapeRecorder(TapeWriterOptions options) {
    return std::make_shared<TapeWriter>(std::move(options));
}

}  // namespace rw
