// Sessions in the state of a session aggregation: the common part of its records.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/data/state_reader.h"
#include "core/stream/keys/key_table.h"
#include "core/stream/window_assigner.h"

namespace rw {

/// A record of sessions; one of sessions by number that may replace those before them, and of numbers whose
/// session is gone.
inline constexpr std::string_view kKeyedSessions = "sessions", kChangedSessions = "changed_sessions";
inline constexpr std::uint32_t kSessionsVersion = 1;

struct SavedSession {
    Window window{};
    std::uint32_t key = 0;     ///< group of a KeyTable
    std::uint32_t number = 0;  ///< in the SessionStore
    std::uint32_t place = 0;   ///< group of its aggregates
    bool open = true;
};

/// Whether a state that can be believed has such a session.
inline bool isSession(const Window& window) {
    return WindowAssigner::edgeInRange(window.start) && WindowAssigner::edgeInRange(window.end) &&
           window.start < window.end;
}

/// Writes sessions of one key group, with their keys of `keys`, into the record that `out` is at.
void writeSessions(std::span<const SavedSession> sessions, const KeyTable& keys, StateWriter& out);
/// Reads them, but for numbers and places. Their keys follow those of `keys`, to which they are new.
Result<std::vector<SavedSession>> readSessions(const StateReader& record, int keyGroup, KeyTable& keys);

/// The numbers in a record of changes: of its sessions, in their order, and those whose session before is
/// gone.
struct ChangedNumbers {
    std::vector<std::uint32_t> sessions{}, gone{};

    static void fields(auto& self, auto& fields) {
        fields("number", self.sessions);
        fields("gone", self.gone);
    }
};

}  // namespace rw
