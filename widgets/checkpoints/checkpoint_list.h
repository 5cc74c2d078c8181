// The checkpoints and savepoints of the document's pipeline on disk, with figures from its runs here. Read
// and changed on other threads; GUI thread only.
#pragma once
#include <QObject>
#include <QString>
#include <QTimer>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "core/launch/checkpoint_locations.h"
#include "widgets/background/background.h"
#include "widgets/background/latest.h"
#include "widgets/background/worker.h"
#include "widgets/session/start_checkpoints.h"

namespace rw::ui {

class PipelineDocument;
class RunSession;

/// The figures of one node in a checkpoint.
struct NodeCheckpoint {
    std::uint64_t bytes = 0;
    std::optional<std::uint64_t> written{};  ///< of these, what is new; nothing: no run here took it
    double alignSeconds = -1;                ///< below 0: not known, for no run here took it
    double snapshotSeconds = -1;             ///< the same
};

/// The figures of a checkpoint from a run of this window; they are on no disk.
struct CheckpointFigures {
    double seconds = 0;  ///< from the call for its barrier until it was whole
    std::uint64_t written = 0;
    std::map<NodeId, NodeCheckpoint> nodes{};
};

/// Why there are none.
enum class NoCheckpoints {
    Empty,    ///< the pipeline has no nodes
    Broken,   ///< it has errors: their place is not known
    Unsaved,  ///< it has no file, by which they are found again
    Off,      ///< its settings say so
    Bounded,  ///< it ends by itself
    NotYet    ///< a run takes them
};

class CheckpointList : public QObject {
    Q_OBJECT
 public:
    /// Both must outlive it.
    CheckpointList(PipelineDocument& document, RunSession& session, QObject* parent = nullptr);
    ~CheckpointList() override;

    /// Newest first.
    const std::vector<SavedCheckpoint>& saved() const { return m_saved; }
    /// Why they can't be read; success: they can.
    const Status& failure() const { return m_failure; }
    /// The one that a run resumes from when none is named; null: none.
    const SavedCheckpoint* newest() const { return newestResumable(m_saved); }
    /// Null: no run of this window took it.
    const CheckpointFigures* figures(const SavedCheckpoint& saved) const;
    NoCheckpoints whyNone() const;
    /// The newest one was being taken when it failed, as the run here tells; empty: all is well.
    Text trouble() const;
    /// The node that the checkpoint under way has long waited for, in words; empty: all is well.
    Text waits() const;

    /// Reads again, soon.
    void refresh();
    void name(const SavedCheckpoint& saved, const QString& savepoint);
    void remove(const SavedCheckpoint& saved);
    /// Reads the newest, or `which`, and compares the document with it: examined() has the result. The newest
    /// question counts.
    void examine(const std::optional<SavedCheckpoint>& which);
    /// The state of each node in it: sizesRead() has the answer, of the newest question.
    void askSizes(const SavedCheckpoint& saved);

 Q_SIGNALS:
    void changed();  ///< saved(), failure(), trouble() or waits()
    void examined(const rw::ui::ExaminedCheckpoint& found);
    void sizesRead(const std::map<rw::NodeId, std::uint64_t>& sizes);
    /// name() or remove() could not do it.
    void failed(const rw::Status& why);

 private:
    /// Where they may be; none: it is not known, or they would be nowhere.
    std::vector<CheckpointLocation> findLocations() const;
    void followLocations();
    void followRun();
    void noteFigures();
    void read();
    void take(FoundCheckpoints found);
    class Permitted;
    /// Of m_location, which there is.
    Permitted permitted() const;
    void change(std::function<Status(const CheckpointLocation&)> work);

    PipelineDocument& m_document;
    RunSession& m_session;
    QString m_file{};                               ///< that m_locations are of
    std::vector<CheckpointLocation> m_locations{};  ///< where they are looked for
    /// That of them where they were found, or would be; none: m_locations is empty.
    std::optional<CheckpointLocation> m_location{};
    std::vector<SavedCheckpoint> m_saved{};
    Status m_failure{};
    Text m_trouble{}, m_waits{};                     ///< as they were told last
    std::string m_lineage{};                         ///< that m_figures are of
    std::map<Epoch, CheckpointFigures> m_figures{};  ///< by their numbers
    std::uint64_t m_taken = 0;                       ///< by the run, when it was looked at last
    Latest m_reading{this}, m_examining{this}, m_sizing{this};
    bool m_again = false;       ///< asked for while it was reading
    bool m_newFigures = false;  ///< since changed() was told
    QTimer m_soon;
    const MainThreadReceiver m_home;
    Worker m_reader;
    Worker m_examiner;
};

}  // namespace rw::ui
