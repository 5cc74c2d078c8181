// The pipeline being edited: the only place that changes it, with undo, a file and one signal for every
// change. GUI thread only. Every editing function is one named undo step and ignores ids that do not exist.
#pragma once
#include <QDateTime>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <QUndoStack>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "core/pipeline/json/json.h"
#include "core/pipeline/validate.h"
#include "widgets/document/editing/document_change.h"
#include "widgets/document/editing/edits.h"
#include "widgets/document/editing/filled_in.h"
#include "widgets/document/editing/node_index.h"
#include "widgets/document/editing/node_template.h"
#include "widgets/document/editing/selection.h"
#include "widgets/document/origin.h"
#include "widgets/document/validator.h"
#include "widgets/document/written_file.h"

namespace rw {
class Connections;
}

namespace rw::ui {

class PortabilityCheck;

class PipelineDocument : public QObject {
    Q_OBJECT
 public:
    /// The catalogue must outlive the document.
    explicit PipelineDocument(const Catalogue& catalogue, QObject* parent = nullptr);
    ~PipelineDocument() override;

    const Pipeline& pipeline() const { return m_pipeline; }
    const Catalogue& catalogue() const { return m_catalogue; }
    /// A copy, for threads that may outlive all this.
    const std::shared_ptr<const Catalogue>& sharedCatalogue() const { return m_sharedCatalogue; }
    /// The node of that id, found without a search; null: there is none. Valid until the next change.
    const Node* node(const NodeId& id) const { return m_nodeIndex.find(m_pipeline, m_structure, id); }
    const NodeKind* kindOf(const NodeId& node) const;  ///< null: no such node, or an unknown type
    bool isSubflow(const NodeId& node) const;          ///< that names its file
    QString subflowPath(const NodeId& node) const;     ///< of its file; empty: it is no such node
    QUndoStack& undoStack() { return m_undo; }
    Selection& selection() { return *m_selection; }
    /// The verdicts of another engine.
    PortabilityCheck& portability() { return *m_portability; }
    const PortabilityCheck& portability() const { return *m_portability; }
    quint64 version() const { return m_version; }      ///< grows with every change
    quint64 structure() const { return m_structure; }  ///< grows when nodes or wires come or go
    /// How many nodes were looked at to find others by their ids, see NodeIndex::visited().
    quint64 nodesVisited() const { return m_nodeIndex.visited(); }

    // ── Nodes ──
    // Each of the adding functions selects the new node and gives its id.
    NodeId addNode(const NodeTemplate& node, Point at);
    /// Adds a node with a wire from `from` to its first fitting input, or from its first fitting output to
    /// `to`.
    NodeId addNodeBehind(const NodeTemplate& node, Point at, const PortRef& from);
    NodeId addNodeBefore(const NodeTemplate& node, Point at, const PortRef& to);
    /// Adds a node in the middle of a wire; without a fitting port the wire stays as it is.
    NodeId insertNode(const NodeTemplate& node, Point at, const Wire& wire);
    /// Nodes go with their wires and cards.
    void remove(const std::vector<ItemRef>& items);
    /// Removes nodes and joins their neighbours; nothing is done when those do not fit, and the reason
    /// returned.
    std::optional<Issue> removeAndReconnect(const std::vector<NodeId>& nodes);
    /// Nodes and comments. `continued`: one of a series of small moves that make one step.
    void move(const std::vector<std::pair<ItemRef, Point>>& targets, bool continued = false);
    void setTitle(const NodeId& node, const QString& title);
    /// Null takes the parameter back to its default. Consecutive edits of one field make one step.
    void setParam(const NodeId& node, const std::string& param, const Json& value);
    /// The same in several nodes. Consecutive edits of one field of the same nodes make one step.
    void setParam(const std::vector<NodeId>& nodes, const std::string& param, const Json& value,
                  const QString& step);
    /// Several parameters, or one that the program found out, as a step of its own.
    void setParams(const NodeId& node, const Json& values, const QString& step);
    void setDisabled(const std::vector<NodeId>& nodes, bool disabled);
    void setCollapsed(const std::vector<NodeId>& nodes, bool collapsed);

    // ── Wires ──
    /// Connects; a wire that already ends at an input for one wire gives way.
    void connectPorts(const PortRef& from, const PortRef& to);
    void moveWireEnd(const Wire& wire, const Wire& to);
    /// Why this wire can't be, or nothing; `instead` is the wire whose end is being moved. A wire that would
    /// give way does not count.
    std::optional<Issue> checkWire(const Wire& wire, const Wire* instead = nullptr) const;
    /// Whether a node made from the template would have an input that `from` fits, or an output that fits
    /// `to`.
    bool couldFollow(const NodeTemplate& node, const PortRef& from) const;
    bool couldPrecede(const NodeTemplate& node, const PortRef& to) const;
    /// The first input of a node that takes the rows of `wire` in its stead; none: they fit nowhere.
    std::optional<PortRef> inputFor(const NodeId& node, const Wire& wire) const;
    /// Puts an existing node in the middle of a wire, when its ports are free and fit.
    bool insertExisting(const NodeId& node, const Wire& wire);

    // ── Clipboard: nodes, the wires between them, comments ──
    void copy(const std::vector<ItemRef>& items) const;
    void cut(const std::vector<ItemRef>& items);
    bool canPaste() const;
    /// Adds the content of the clipboard with its top left corner at `at` and selects it.
    void paste(Point at);
    /// Copies nodes and comments, moved by `offset`, and selects the copies; nodes keep their input wires.
    /// Gives the new nodes' ids.
    std::vector<NodeId> duplicate(const std::vector<ItemRef>& items, Point offset = {32, 32});

    // ── Comments ──
    static constexpr Point kLeastNote{96, 48};  ///< no edit makes one smaller
    /// In the order of Pipeline::notes.
    const std::vector<NoteId>& notes() const { return m_notes.ids(); }
    const Note* note(NoteId id) const;  ///< null: it is gone. Valid until the next change.
    /// Adds and selects it.
    NoteId addNote(const Note& note);
    void setNote(NoteId id, const Note& note, const QString& step);
    /// `continued`: one of a series of small changes that make one step.
    void sizeNotes(const std::vector<std::pair<NoteId, Point>>& sizes, bool continued = false);

    // ── The whole ──
    void setSettings(const Settings& settings);
    void setVariables(const std::vector<Variable>& variables);
    /// None: the dashboard stays empty, also when charts come.
    void setCards(const std::vector<DashboardCard>& cards, const QString& step);
    /// Makes the change that fixes an issue; `wire`: the one being drawn, when it is about that. The same fix
    /// again is nothing while nothing else has changed: buttons of fixes get double clicks.
    void applyFix(const Issue& issue, const QuickFix& fix, const std::optional<Wire>& wire = std::nullopt);
    /// Makes this `next`, a changed copy of it. `following`: what follows from what was typed last, and is a
    /// part of that step unless the file was saved in between.
    void change(const Pipeline& next, const QString& step, bool following = false);
    /// Undoes, in one step, all changes that make this pipeline run differently from `other`; places and looks stay.
    void revertTo(const Pipeline& other, const QString& step);

    // ── Checking, on another thread soon after each change ──
    const Validated& validated() const { return *m_validated; }
    const std::shared_ptr<const Validated>& sharedValidated() const { return m_validated; }
    const std::vector<Issue>& issues() const { return m_validated->issues; }
    /// The entries of issues() on a node, found without a search.
    const std::vector<const Issue*>& issuesOf(const NodeId& node) const { return m_issueIndex.of(node); }
    bool isValidated() const { return m_validatedVersion == m_version; }  ///< validated() is of this version
    const TypedNode* typed(const NodeId& node) const;                     ///< null: not typed yet
    /// The node's function, in one sentence of its own parameters; while something before it is broken, the last
    /// true one. Empty: these parameters have not been typed yet.
    Text summary(const NodeId& node) const;
    /// The stream of a port, or null when that is not known.
    const StreamType* streamAt(const PortRef& output) const;
    ValidateOptions validateOptions() const;
    /// Those of this computer, which parameters name; null: not known yet, and any name passes.
    const KnownConnections& connections() const { return m_connections; }
    /// The same with what leads there, for runs.
    const std::shared_ptr<const Connections>& runConnections() const { return m_runConnections; }
    void setConnections(std::shared_ptr<const Connections> connections);
    /// Something on show offers to make these connections: as long as they are not there they are waited for,
    /// which is no error.
    void setOffers(ConnectionOffers offers);
    void revalidate();  ///< something outside changed: a file came or went

    // ── The file ──
    QString path() const { return m_path; }  ///< empty: never saved
    QString displayName() const;             ///< file name, or the pipeline's name, or “Untitled”
    QString folder() const;                  ///< relative paths start here
    static QString unsavedFolder();          ///< until it is saved: ~/Rillwright
    bool isModified() const { return !m_undo.isClean() || m_gone || m_keptMine; }
    bool isGone() const { return m_gone; }  ///< another program deleted its file: it is to be saved again
    void setGone(bool gone);                ///< FileWatch has looked
    /// Another program wrote something else to its file, and the user has not chosen yet.
    bool isRewritten() const { return !m_otherBytes.isEmpty() && !m_keptMine; }
    /// FileWatch has looked; `bytes`: see otherBytes().
    void setRewritten(const QByteArray& bytes);
    /// The user prefers this to what another program wrote, until that is something else again: it is to be
    /// saved.
    void keepMine();
    QDateTime savedAt() const { return m_savedAt; }
    const Origin& origin() const { return m_origin; }
    /// Whether its file holds something else now than when it was opened or saved here: another program wrote
    /// it. One that is gone or can't be read does not count. Reads the file.
    std::optional<bool> isChangedOutside();  ///< none: the answer was not waited for
    const std::vector<Issue>& loadWarnings() const { return m_loadWarnings; }

    /// How work on files is done and waited for; `what` is shown meanwhile (“Opening “a.rill””). False: it is
    /// not waited for any longer, and the work may go on. By default at once, on the calling thread: tests.
    using FileWork = std::function<bool(const QString& what, std::function<void()> work)>;
    void setFileWork(FileWork run) { m_fileWork = std::move(run); }
    bool doFileWork(const QString& what, std::function<void()> work);

    void startEmpty();
    Status open(const QString& path);
    Status openCopy(const QString& path);  ///< an example: unsaved, without a path
    Status save();                         ///< only with a path
    Status saveAs(const QString& path);
    /// Text saved by autosave: modified, with the path it had (possibly none).
    Status restore(const std::string& text, const QString& path, const Origin& origin);

 Q_SIGNALS:
    void changed(const rw::ui::DocumentChange& change);
    /// `nodes`: about which something else is said than before; the empty id: about the whole.
    void validatedChanged(const std::vector<rw::NodeId>& nodes);
    void fileChanged();               ///< path, displayName, savedAt, isModified, isGone or isRewritten
    void saved(const QString& path);  ///< also opened: for the recent files
    /// By a fix: a connection of that name, of one of the kinds, or of any where there are none, is to be
    /// added.
    void connectionRequested(const QString& name, const QStringList& kinds);
    /// By a fix: what is offered for the connection of that name is wanted.
    void offerTaken(const QString& name);
    void written(const rw::ui::WrittenFile& file);

 private:
    // A field that loses the focus because an undo takes its node away wants to save its text: in
    // the middle of a step that would break the undo stack.
    void push(Patch patch, const QString& step, EditStep::Series series = EditStep::Series::None) {
        if (m_edits.isApplying()) return;
        m_undo.push(new EditStep(m_edits, std::move(patch), step, series));
    }
    Node made(const NodeTemplate& node, Point at) const;
    Node candidate(const NodeTemplate& node) const;
    /// Values for `node`, which has just been wired, and for nodes behind it whose input has other columns
    /// now. `between`: it was put on a wire.
    void fillIn(const NodeId& node, const std::shared_ptr<const Validated>& known, bool between = false);
    Patch followed(const NodeId& node, Patch patch);
    NodeId addWired(Node node, const std::vector<Wire>& candidates, const QString& step);
    std::vector<std::size_t> givingWay(const Wire& wire) const;
    std::vector<NodeId> existing(std::vector<NodeId> nodes) const;
    void add(const Pipeline& part, const QString& step);
    void requestConnection(const QuickFix& fix);
    void knowConnections();
    void notify(const DocumentChange& change);
    void reset(Pipeline pipeline, const QString& path, Origin origin);
    Status load(Result<Loaded> loaded, const QString& path, Origin origin);

    const Catalogue& m_catalogue;
    const std::shared_ptr<const Catalogue> m_sharedCatalogue;
    Pipeline m_pipeline;
    KnownConnections m_connections{};  ///< with m_offers
    ConnectionOffers m_offers{};
    std::shared_ptr<const Connections> m_runConnections{};
    NoteIndex m_notes;
    Edits m_edits;
    QUndoStack m_undo;
    Selection* m_selection;
    PortabilityCheck* m_portability;
    quint64 m_version = 0, m_structure = 0;
    NodeIndex m_nodeIndex;
    FilledNodes m_filled;

    Validator m_validator;
    QTimer m_validateSoon;
    std::shared_ptr<const Validated> m_validated = std::make_shared<Validated>();
    IssueIndex m_issueIndex;
    quint64 m_validatedVersion = 0;
    LastSummaries::Summaries m_lastSummaries;  ///< of nodes that m_validated could not type

    QString m_path;
    QDateTime m_savedAt;
    bool m_gone = false;
    QByteArray m_otherBytes{};  ///< fingerprint of what another program wrote to the file; empty: nothing
    bool m_keptMine = false;    ///< and the user knows of it
    Origin m_origin;
    std::optional<FileText> m_opened{};  ///< as WrittenFile has it
    FileWork m_fileWork;
    std::map<QString, std::shared_ptr<std::mutex>> m_writeOrder;  ///< by path
    std::vector<Issue> m_loadWarnings;
    QuickFix m_lastFix{};
    quint64 m_lastFixVersion = 0;  ///< of the document, just after it
};

}  // namespace rw::ui
