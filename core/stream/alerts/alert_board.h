// All alerts of a run, for whoever looks at it: which are open, what became of the others, who was told. The
// alert nodes write it, the window and the command line read it, and those who tell others (AlertCarrier)
// report to it.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/status.h"
#include "core/stream/alerts/alert.h"
#include "core/stream/alerts/silence_list.h"

namespace rw {

/// What others are to be told.
struct AlertLetter {
    AlertRule rule{};
    Alert alert{};  ///< as it was when this was written
    AlertDelivery::About about = AlertDelivery::About::Raised;
    AlertTarget target{};

    /// The same for the same news to the same target, in every run that resumes from the same one.
    std::string id() const;
};

/// Tells the outside world. Any thread; never waits.
class AlertCarrier {
 public:
    virtual ~AlertCarrier() = default;
    /// Takes a letter, and reports by AlertBoard::delivered(), now or later. One that it has already carried,
    /// also before the program was started again, is not carried again.
    virtual void carry(AlertLetter letter) = 0;
    /// The run is over: waits until all letters were carried or given up, but no longer. Nothing is carried
    /// after it.
    virtual void finish(Millis within) = 0;
};

/// All member functions may be called from any thread; none but finish() waits.
class AlertBoard {
 public:
    static constexpr std::size_t kEnded = 1'000;     ///< alerts that are over, of which so many are kept
    static constexpr std::size_t kOngoing = 10'000;  ///< more are only counted
    static constexpr std::size_t kLetters = 10'000;  ///< that wait; of more alerts nobody is told

    /// An alert in the list.
    struct Entry {
        std::uint64_t number = 0;  ///< of this entry on this board, for calls; grows with time
        std::string id{};          ///< Alert::id()
        Alert alert{};
        bool acknowledged = false;
        std::vector<AlertDelivery> deliveries{};  ///< none: it is told nowhere but here
    };
    using Silence = AlertSilence;
    /// A rule as cards and charts show it.
    struct RuleState {
        AlertRule rule{};
        std::size_t open = 0;            ///< alerts of the condition
        std::size_t noData = 0;          ///< keys without rows
        std::size_t waiting = 0;         ///< keys whose condition holds, not for long enough yet
        std::uint64_t spared = 0;        ///< so far
        std::uint64_t raised = 0;        ///< so far
        Instant judged = kMinTimestamp;  ///< event time up to which the rule was judged
        Instant first = kMinTimestamp;   ///< as Judged::first
        /// Alerts that were over by then may not be among the entries any more.
        Instant forgotten = kMinTimestamp;
    };
    /// kMinTimestamp: not yet.
    struct Judged {
        Instant first = kMinTimestamp;  ///< event time of the first row of the run
        Instant upTo = kMinTimestamp;
    };
    /// A copy of the board.
    struct Look {
        std::uint64_t version = 0;
        std::vector<RuleState> rules{};   ///< in the order in which the nodes were made
        std::vector<Entry> entries{};     ///< the newest first
        std::vector<Silence> silences{};  ///< that hold now
        std::uint64_t left = 0;  ///< ongoing alerts that are not in `entries`, for there are too many
    };

    /// `clock`: for silences.
    explicit AlertBoard(std::shared_ptr<Clock> clock = systemClock());

    // For those who look.
    /// Grows with every change; equal numbers mean that nothing is to be drawn. Cheap.
    std::uint64_t version() const;
    Look look() const;
    /// Event time from which and up to which a rule was judged, which is no change. Cheap.
    Judged judgedOf(const NodeId& node) const;
    /// Ongoing and not acknowledged, nor silenced, nor waiting: what a badge counts. Cheap.
    std::size_t open() const;
    /// Somebody has seen it: it is not counted as open any more, and is not told again. False: it is gone.
    bool acknowledge(std::uint64_t number);
    /// The same of many at once.
    void acknowledgeAll(std::vector<std::uint64_t> numbers);
    /// Nobody but the panel is told of alerts of this rule, or this key of it, until then; what is open at
    /// the end of a silence is told then. One that is there for the same is replaced. `until` not in the
    /// future: it is lifted.
    void silence(const NodeId& node, std::vector<AlertKeyPart> key, Instant until);
    /// The same of many at once.
    void silenceAll(std::vector<Silence> silences);
    /// Tells all targets of a rule that this is a test. False: the run has no such rule, or tells nobody.
    bool sendTest(const NodeId& node);
    /// Called after each change, on the thread that made it, which must not wait; null: nobody.
    void onChange(std::function<void()> call);
    /// The entry that somebody asked to see, by a button of a notification, since the last call; 0: none.
    std::uint64_t takeAsked();
    /// Tells what was not told because of silences that are over by now; somebody has to call it now and
    /// then, as the carrier does.
    void tick();
    /// Letters that are still on their way.
    std::size_t undelivered() const;

    // For those who put a run together.
    /// Whoever tells others, before the run; null: nobody is told, as in replays and tests.
    void setCarrier(std::shared_ptr<AlertCarrier> carrier);
    /// The run is over. Waits for letters that are on their way, but no longer; nobody is told anything after
    /// it. Once.
    void finish(Millis within);
    /// Silences, to be kept for the next run of the pipeline.
    std::vector<Silence> silences() const;
    void setSilences(std::vector<Silence> silences);

    // For alert nodes.
    /// A rule of the run begins. Begun again, after a failure: its ongoing alerts are forgotten, for what the
    /// rule was restored with is put again.
    void begin(AlertRule rule);
    enum class Telling : std::uint8_t {
        Nothing,  ///< there is no news, or nobody was told of the alert that is over
        TooSoon,  ///< it was raised, but others are not to hear of it yet
        Now       ///< it was raised, or is over, and others are to hear of it
    };
    /// An alert has begun or changed, or was restored.
    void put(const Alert& alert, Telling telling);
    /// `first`: the event time of the first row.
    void setJudged(const NodeId& node, Instant first, Instant upTo);
    /// Letters of this rule that were not delivered yet, or are kept back by a silence, for its state in a
    /// checkpoint.
    std::vector<AlertLetter> undeliveredOf(const NodeId& node) const;
    /// The same, from a checkpoint.
    void putBack(std::vector<AlertLetter> letters);
    /// Alert::id() of the rule's ongoing alerts that somebody has acknowledged, for its state in a
    /// checkpoint.
    std::vector<std::string> acknowledgedOf(const NodeId& node) const;
    /// The same, from a checkpoint, before the alerts are put.
    void setAcknowledged(const std::vector<std::string>& alertIds);

    // For the carrier.
    /// News of a letter.
    void delivered(const AlertLetter& letter, const AlertDelivery& delivery);
    /// A button of a notification was pressed.
    void ask(const std::string& alertId);

 private:
    /// To be done when the lock is let go.
    struct Work {
        std::shared_ptr<AlertCarrier> carrier{};
        std::vector<AlertLetter> letters{};
        std::function<void()> onChange{};
    };
    /// What is known of an ongoing alert for which there is no room: there may be one of each of millions of
    /// keys.
    struct Left {
        std::size_t rule;  ///< its place in m_rules
        AlertStage stage;
        AlertKind kind;
    };
    using LeftName = std::pair<std::uint64_t, std::uint64_t>;  ///< Alert::id()
    static LeftName leftName(const std::string& id);

    static void settle(Work work);
    // With the lock:
    Work changed();
    bool isSilenced(const Alert& alert, Instant now) const;
    RuleState* ruleOf(const NodeId& node);
    const RuleState* ruleOf(const NodeId& node) const;
    Entry* entryOf(std::uint64_t number);
    Entry* entryOf(const std::string& alertId);
    Entry taken(const Alert& alert, const std::string& id, RuleState& state);
    void plan(Entry& entry, const RuleState& state, AlertDelivery::About about, Telling telling, Instant now,
              Work& work);
    void write(const Alert& alert, const AlertDelivery& delivery, Work& work);
    void tellUnsilenced(Instant now, Work& work);
    /// Nobody is told any more of what a silence has kept back.
    void forgetSilenced(const Entry& entry);
    void acknowledge(Entry& entry);
    void putEnded(Entry entry);
    static void count(RuleState& state, AlertStage stage, AlertKind kind, int by);

    const std::shared_ptr<Clock> m_clock;
    mutable std::mutex m_mutex;  ///< guards all members below
    std::uint64_t m_version = 0, m_nextNumber = 1, m_asked = 0;
    std::vector<RuleState> m_rules;
    std::map<std::string, Entry> m_ongoing;  ///< by Alert::id()
    std::map<std::string, Entry> m_before;  ///< the same, of rules that began again, until they are put again
    std::map<LeftName, Left> m_left;        ///< the same, of those for which there is no room
    std::deque<Entry> m_ended;              ///< the oldest first
    std::set<std::string> m_acknowledged;   ///< by Alert::id()
    SilenceList m_silences;
    std::map<std::string, AlertLetter> m_letters;   ///< not delivered yet, by AlertLetter::id()
    /// The same, of silences that are not over, by Alert::id() and AlertLetter::id().
    std::map<std::pair<std::string, std::string>, AlertLetter> m_silenced;
    std::shared_ptr<AlertCarrier> m_carrier;
    std::function<void()> m_onChange;
};

}  // namespace rw
