#include "core/stream/windows/session_records.h"

#include <map>

#include "core/sql/aggregates/state_cells.h"
#include "core/stream/keys/state_columns.h"

namespace rw {

namespace {

/// Lists of one length, an entry a session; `fields` writes or reads them.
struct SessionPlaces {
    std::vector<std::uint32_t> key;  ///< index into the keys of the record
    std::vector<Instant> start, end;
    std::vector<std::uint8_t> open;

    static void fields(auto& self, auto& fields) {
        fields("of_key", self.key);
        fields("start", self.start);
        fields("end", self.end);
        fields("open", self.open);
    }
};

}  // namespace

void writeSessions(std::span<const SavedSession> sessions, const KeyTable& keys, StateWriter& out) {
    std::map<std::uint32_t, std::uint32_t> numbers;  // of keys in the record
    std::vector<std::uint32_t> ofRecord;
    SessionPlaces places;
    for (const SavedSession& session : sessions) {
        const auto [at, fresh] =
            numbers.try_emplace(session.key, static_cast<std::uint32_t>(ofRecord.size()));
        if (fresh) ofRecord.push_back(session.key);
        places.key.push_back(at->second);
        places.start.push_back(session.window.start);
        places.end.push_back(session.window.end);
        places.open.push_back(session.open ? 1 : 0);
    }
    out.u64("keys", ofRecord.size());
    writeColumns(out, "key", keys.columns(ofRecord));
    sql::StateFieldsWriter fields;
    SessionPlaces::fields(places, fields);
    fields.writeTo(out);
}

Result<std::vector<SavedSession>> readSessions(const StateReader& record, int keyGroup, KeyTable& keys) {
    if (record.version() != kSessionsVersion) return brokenState("version of a session");
    RW_TRY_ASSIGN(const std::uint64_t count, record.u64("keys"));
    RW_TRY_ASSIGN(const auto columns, readColumns(record, "key", keys.types(), count));
    SessionPlaces places;
    sql::StateFieldsReader fields(record);
    SessionPlaces::fields(places, fields);
    RW_TRY(fields.status());
    const std::size_t size = places.key.size();
    if (places.start.size() != size || places.end.size() != size || places.open.size() != size)
        return brokenState("places of sessions");
    const std::size_t firstKey = keys.size();
    RW_TRY(keys.restore(columns, count, keyGroup));
    std::vector<SavedSession> sessions(size);
    for (std::size_t i = 0; i < size; ++i) {
        if (places.key[i] >= count) return brokenState("the key of a session");
        sessions[i].key = static_cast<std::uint32_t>(firstKey + places.key[i]);
        sessions[i].window = {places.end[i], places.start[i]};
        sessions[i].open = places.open[i] != 0;
        if (!isSession(sessions[i].window)) return brokenState("a session");
    }
    return sessions;
}

}  // namespace rw
