// How fast a replay goes, and how far.
#pragma once
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>

#include "core/base/time.h"

namespace rw {

/// Shared by the sources of a replay, which begin together, and by its controls. Any thread. Times on
/// the tape are as TapePiece::at.
class TapePace {
 public:
    /// 1: at the pace of the recorded run, 2: twice as fast; 0: as fast as possible.
    explicit TapePace(double speed) : m_speed(speed) {}

    /// Before the replay begins, or while it goes on: nothing that was read later than `at` is given.
    void holdAt(Millis at);
    /// It resumes from the moment where it is held, or from now, at this speed.
    void goOn(double speed);

    /// A source (by its place on the tape) has something to give, or nothing more.
    void begins(std::size_t source);
    void ends(std::size_t source);
    /// All pieces that may be given were asked for, and each source that has begun and not ended asks for one
    /// behind the moment at which the replay is held. Rows may still be on their way behind the sources.
    bool isHeld() const;

    /// Steady milliseconds at which a source is to give the piece read `at`, or to ask again; `now` and
    /// earlier: it may be given. The first call begins the replay, at its `at`. A replay that stood still
    /// (paused, or held up) does not hurry afterwards.
    std::int64_t due(Millis at, std::int64_t now, std::size_t source = 0);

    /// Before the replay begins: it resumes from a checkpoint at which this was given().
    void beginAt(Millis at);
    /// The largest time of the pieces that may have been given; nothing: none has.
    std::optional<Millis> given() const;
    /// A source has come to where it was stopped, or the recording was cut off.
    void stopped();
    bool sawStop() const;
    /// Nothing more is given until endStill(), so that a checkpoint has all that was.
    void standStill();
    void endStill();

 private:
    /// Under the mutex: due() of a replay that is not held.
    std::int64_t paced(Millis at, std::int64_t now);

    mutable std::mutex m_mutex;  ///< guards the members below
    double m_speed;
    std::optional<Millis> m_hold{};
    std::optional<std::int64_t> m_start{};  ///< steady milliseconds at which m_from was due
    Millis m_from = 0;
    std::int64_t m_askedAt = 0;  ///< the same, at the last call of due()
    std::optional<Millis> m_given{};
    /// The last time that each source asked for which has begun and not ended; nothing: it has not asked yet.
    std::map<std::size_t, std::optional<Millis>> m_asked{};
    bool m_sawStop = false, m_still = false;
};

}  // namespace rw
