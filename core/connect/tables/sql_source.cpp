#include "core/connect/tables/sql_source.h"

#include <utility>

#include "core/connect/tables/changes_reader.h"
#include "core/connect/tables/growing_reader.h"
#include "core/connect/tables/snapshot_reader.h"

namespace rw {

SqlSource::SqlSource(const MakeContext& context, NodeConnection connection, SqlReading reading,
                     DecoderOptions decoder)
    : BlockingSource(context),
      m_connection(std::move(connection)),
      m_reading(std::move(reading)),
      m_decoder(std::move(decoder)),
      m_clock(context.clock) {
    acknowledges = m_reading.mode == SqlReading::Mode::Changes;
}

Status SqlSource::parse(const Chunk& chunk, ParsedChunk& out) const {
    const auto& piece = static_cast<const SqlChunk&>(chunk);
    if (!piece.rows.empty()) out = m_decoder.decode(piece.rows, chunk.arrived);
    return {};
}

Status SqlSource::snapshot(StateWriter& out) const {
    writeSqlPosition(out, m_at);
    return {};
}

Status SqlSource::restore(const StateReader& state) {
    RW_TRY_ASSIGN(m_at, readSqlPosition(state));
    return {};
}

Result<std::shared_ptr<SourceReader>> SqlSource::makeReader() {
    const auto givesUp = [over = m_over] { return over->load(); };
    switch (m_reading.mode) {
        case SqlReading::Mode::Snapshot:
            return std::shared_ptr<SourceReader>(std::make_shared<SnapshotReader>(
                m_connection, SnapshotReader::About{m_reading, m_at, m_clock, givesUp}));
        case SqlReading::Mode::Growing:
            return std::shared_ptr<SourceReader>(std::make_shared<GrowingReader>(
                m_connection, GrowingReader::About{m_reading, m_at, m_clock, givesUp}));
        case SqlReading::Mode::Changes:
            break;
    }
    m_changes = std::make_shared<ChangesReader>(m_connection,
                                                ChangesReader::About{m_reading, m_at, m_clock, givesUp});
    return std::shared_ptr<SourceReader>(m_changes);
}

void SqlSource::given(const Chunk& chunk, int) {
    m_at = static_cast<const SqlChunk&>(chunk).behind;
}

Result<std::function<Status()>> SqlSource::acknowledgement(const StateReader& position) {
    RW_TRY_ASSIGN(const SqlPosition read, readSqlPosition(position));
    if (!m_changes || read.lsn == 0) return std::function<Status()>();
    return std::function<Status()>([reader = m_changes, lsn = read.lsn] { return reader->confirm(lsn); });
}

}  // namespace rw
