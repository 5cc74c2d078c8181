// Plays a tape up to its end, and holds it there.
#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/stream/recording/tape.h"
#include "core/tape/tape_file.h"

namespace rw {

/// Where the recorded run was stopped its sources give nothing more and do not end, so that the state of what
/// is below them can be taken. For RunOptions::replay of one run; any thread.
class RecomputePlayer final : public TapePlayer {
 public:
    explicit RecomputePlayer(TapeFileRef tape);

    /// Each source that was made has given all that there is, or is not read any more.
    bool isAtEnd() const;
    /// Nobody wanted the rest of its rows.
    bool isLeftUnread(const NodeId& source) const;
    /// The part of the rows that was given, up to 1.
    double done() const;

    Instant began() const override { return m_inner->began(); }
    std::uint64_t seed() const override { return m_inner->seed(); }
    bool isHeld() const override { return false; }
    Result<std::unique_ptr<Source>> source(const std::string& type, const BoundNode& bound,
                                           const MakeContext& context) const override;
    Result<std::shared_ptr<LookupTables>> lookup(const TapeLookup& about,
                                                 const std::vector<int>& keys) const override {
        return m_inner->lookup(about, keys);
    }
    std::shared_ptr<AnswerReader> answers(const NodeId& node) const override {
        return m_inner->answers(node);
    }

    /// How far one source is; shared with it.
    struct Track {
        std::atomic<bool> atEnd{false}, leftUnread{false};
        std::atomic<std::uint64_t> given{0}, rows{0};
    };

 private:
    const std::shared_ptr<const TapePlayer> m_inner;
    mutable std::mutex m_mutex;  ///< guards the member below
    mutable std::map<NodeId, std::shared_ptr<Track>> m_tracks{};
};

}  // namespace rw
