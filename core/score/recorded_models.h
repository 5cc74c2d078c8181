// The models that rows were scored with in a run that is recorded, each with the moments that it applies to
// (event-time rules, 26).
#pragma once
#include <map>
#include <string_view>

#include "core/score/fitted_model.h"
#include "core/stream/lookups/lookup_moments.h"
#include "core/stream/recording/tape.h"

namespace rw::score {

/// As RecordedTables: a model that was taken over applies to the moments behind all that were asked for
/// before, so that all rows of a moment get one model, whichever task has them and when. The last two are
/// kept; a moment whose model is gone gets the older of these, and the tape says so. Single-threaded.
class RecordedModels {
 public:
    /// While nodes are made. `tape` outlives this.
    RecordedModels(LookupRecorder& tape, TapeLookup about);

    /// While the run is under way: puts the bytes of the model on the tape. All are queued at once.
    void add(FittedRef model, std::string_view bytes, Instant readAt);
    /// Not before add(). kNoMoment: the newest.
    FittedRef at(Instant moment);

 private:
    LookupRecorder& m_tape;
    const std::size_t m_lookup;
    LookupMoments m_moments{};
    std::map<std::uint64_t, FittedRef> m_kept{};  ///< by number
    std::uint64_t m_next = 0;                     ///< the number of the next
    Instant m_most = kMinTimestamp;               ///< the largest moment that was asked for
};

}  // namespace rw::score
