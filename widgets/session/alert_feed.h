// The alerts of the run that is shown: the engine's board, copied for the window when it has changed. Threads
// of the engine and of those who tell others change it, also after the run has ended.
#pragma once
#include <QObject>
#include <QTimer>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "core/stream/alerts/alert_board.h"
#include "widgets/background/background.h"

namespace rw::ui {

/// What there is to say of one alert.
enum class AlertSign { Waiting, Alert, NoData, Silenced, Acknowledged, Cleared, Spared, DataAgain, Test };

/// The ongoing alerts of a node, or of all nodes in a subflow.
struct AlertCounts {
    int open = 0;                        ///< raised, and nobody has seen it
    int noData = 0;                      ///< the same of keys without rows
    int acknowledged = 0, silenced = 0;  ///< of both
    int waiting = 0;                     ///< their condition does not hold for long enough yet
    bool operator==(const AlertCounts&) const = default;
};

/// On the GUI thread.
class AlertFeed : public QObject {
    Q_OBJECT
 public:
    static constexpr int kLookMillis =
        100;  ///< a board that changes all the time is not copied more often; a full one less

    static constexpr int kUnwatchedMillis = 1'000;  ///< likewise, while nobody sees the alerts

    explicit AlertFeed(QObject* parent = nullptr);
    ~AlertFeed() override;

    /// Whether a person sees the alerts, as at first: the tab of their document is in front.
    void setWatched(bool watched);

    /// From now on these; null: there are none.
    void show(std::shared_ptr<AlertBoard> board);
    /// Null: none is shown.
    const std::shared_ptr<AlertBoard>& board() const { return m_board; }
    const AlertBoard::Look& look() const { return m_look; }
    /// Raised, also for want of data, and nobody has seen it.
    int open() const { return m_open; }
    AlertCounts countsOf(const NodeId& node) const;
    /// The rule of an alert; null: the run has none.
    const AlertBoard::RuleState* ruleOf(const NodeId& node) const;
    AlertSign signOf(const AlertBoard::Entry& entry) const;
    /// The silence that an alert is under; null: none.
    const AlertBoard::Silence* silenceOf(const Alert& alert) const;

    /// Looks at the board again: how far rules were judged is no change that it tells of.
    void refresh() { take(); }

    // What a person does. The list is right when they return.
    void acknowledge(const std::vector<std::uint64_t>& entries);
    /// `until`: wall time, kMaxTimestamp for ever; not in the future: the silence is lifted. No key: all of
    /// the rule.
    void silence(const NodeId& node, std::vector<AlertKeyPart> key, Instant until);
    void silenceAll(std::vector<AlertBoard::Silence> silences);
    bool sendTest(const NodeId& node);
    /// To see the run at this event time.
    void askMoment(Instant moment) { Q_EMIT momentAsked(moment); }

 Q_SIGNALS:
    void changed();
    /// These have come: raised, also for want of data, and nobody has seen them. Of each once, also when the
    /// run is shown again.
    void raised(const std::vector<rw::AlertBoard::Entry>& entries);
    /// By a button of a notification: to be seen now.
    void asked(std::uint64_t entry);
    void momentAsked(rw::Instant moment);

 private:
    void take();
    void setPace();
    void count();
    void heed();

    std::shared_ptr<AlertBoard> m_board{};
    AlertBoard::Look m_look{};
    SilenceList m_silences{};  ///< those of m_look
    std::map<NodeId, AlertCounts> m_counts{};
    int m_open = 0;
    std::uint64_t m_shown = 0;  ///< number of the board: what is said of earlier ones is dropped
    std::weak_ptr<AlertBoard> m_heardOf{};
    std::set<std::uint64_t> m_heard{};  ///< entries of that board that raised() has told of
    const MainThreadReceiver m_home;
    bool m_watched = true;
    QTimer m_soon, m_silenceEnds;
};

}  // namespace rw::ui
