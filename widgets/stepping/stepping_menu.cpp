#include "widgets/stepping/stepping_menu.h"

#include <QDateTimeEdit>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QVBoxLayout>

#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"
#include "widgets/stepping/condition_dialog.h"
#include "widgets/stepping/halt_words.h"
#include "widgets/stepping/step_back.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {
constexpr Millis kFurther = 1'000;  ///< event time that a step is proposed to go on
}  // namespace

SteppingMenu::SteppingMenu(PipelineDocument& document, RunSession& session, QWidget* parent)
    : QMenu(parent),
      m_document(document),
      m_session(session),
      m_breakpoints(session.breakpoints()),
      m_window(parent),
      m_stepBack(new StepBack(session, this)) {
    m_result = addAction(QString());
    m_batch = addAction(QString());
    m_time = addAction(QString());
    m_back = addAction(QString());
    addSeparator();
    m_toggle = addAction(QString());
    m_condition = addAction(QString());
    m_late = addAction(QString());
    m_rejected = addAction(QString());
    addSeparator();
    m_none = addAction(QString());
    m_none->setEnabled(false);
    m_clear = addAction(QString());
    m_result->setShortcut(QKeySequence(QStringLiteral("F10")));
    m_batch->setShortcut(QKeySequence(QStringLiteral("Ctrl+F10")));
    m_back->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+F10")));
    setToolTipsVisible(true);
    connect(m_result, &QAction::triggered, this, [this] { take(NextFiring{firing()}); });
    connect(m_batch, &QAction::triggered, this, [this] { take(OneBatch{}); });
    connect(m_time, &QAction::triggered, this, &SteppingMenu::promptTime);
    connect(m_back, &QAction::triggered, m_stepBack, &StepBack::back);
    connect(m_stepBack, &StepBack::changed, this, &SteppingMenu::refresh);
    connect(m_stepBack, &StepBack::told, this, &SteppingMenu::told);
    connect(m_toggle, &QAction::triggered, this, [this] {
        if (const auto at = place()) m_breakpoints.toggle(*at);
    });
    connect(m_condition, &QAction::triggered, this, &SteppingMenu::promptCondition);
    connect(m_late, &QAction::triggered, this, [this] {
        m_breakpoints.toggle({node(), {}, Breakpoint::On::Late, {}});
    });
    connect(m_rejected, &QAction::triggered, this, [this] {
        m_breakpoints.toggle({node(), {}, Breakpoint::On::Rejected, {}});
    });
    connect(m_clear, &QAction::triggered, &m_breakpoints, &BreakpointList::clear);
    for (QAction* const each : {m_toggle, m_late, m_rejected}) each->setCheckable(true);
    connect(&m_breakpoints, &BreakpointList::changed, this, [this] {
        listBreakpoints();
        refresh();
    });
    connect(&m_session, &RunSession::stateChanged, this, &SteppingMenu::refresh);
    connect(&m_document.selection(), &Selection::changed, this, &SteppingMenu::refresh);
    connect(&m_document, &PipelineDocument::validatedChanged, this, &SteppingMenu::refresh);
    retranslate();
}

void SteppingMenu::retranslate() {
    setTitle(tr("Steps and &breakpoints"));
    m_none->setText(tr("&No breakpoints"));
    m_clear->setText(tr("Re&move all breakpoints"));
    listBreakpoints();
    refresh();
}

NodeId SteppingMenu::node() const {
    const Node* const single = m_document.selection().single();
    return single != nullptr ? single->id : NodeId();
}

NodeId SteppingMenu::firing() const {
    const Node* const single = m_document.selection().single();
    const NodeKind* const kind = single != nullptr ? m_document.catalogue().of(*single) : nullptr;
    return kind != nullptr && kind->group != NodeGroup::Source && !kind->outputs.empty() ? single->id
                                                                                         : NodeId();
}

std::optional<Breakpoint> SteppingMenu::place() const {
    const std::vector<Wire>& wires = m_document.selection().wires();
    if (wires.size() == 1 && m_document.selection().items().size() == 1)
        return Breakpoint{wires.front().from.node, wires.front().from.port};
    const Node* const single = m_document.selection().single();
    const NodeKind* const kind = single != nullptr ? m_document.catalogue().of(*single) : nullptr;
    if (kind == nullptr || kind->outputs.empty()) return std::nullopt;
    return Breakpoint{single->id, kind->outputs.front().name};
}

void SteppingMenu::set(QAction* action, const QString& text, const QString& whyNot) {
    action->setText(text);
    action->setEnabled(whyNot.isEmpty());
    action->setToolTip(whyNot);
}

void SteppingMenu::refresh() {
    const QString whyNot = m_session.whyNoStep();
    set(m_result,
        firing().empty() ? tr("&Step to the next window that fires")
                         : tr("&Step to the next result of the selected node"),
        whyNot);
    set(m_batch, tr("Step by one &batch"), whyNot);
    set(m_time, tr("Step to an &event time…"), whyNot);
    set(m_back, tr("Step bac&k"), m_stepBack->whyNot());
    const std::optional<Breakpoint> at = place();
    const QString whyNoPlace = at ? QString() : tr("Select a wire, or a node with an output");
    set(m_toggle, tr("Break&point at the selected wire or node"), whyNoPlace);
    set(m_condition, tr("&Condition of the breakpoint…"), whyNoPlace);
    const QString whyNoNode = node().empty() ? tr("Select one node") : QString();
    set(m_late, tr("Breakpoint at its &late rows"), whyNoNode);
    set(m_rejected, tr("Breakpoint at its re&jected rows"), whyNoNode);
    m_toggle->setChecked(at && m_breakpoints.at(*at) != nullptr);
    m_late->setChecked(m_breakpoints.at({node(), {}, Breakpoint::On::Late, {}}) != nullptr);
    m_rejected->setChecked(m_breakpoints.at({node(), {}, Breakpoint::On::Rejected, {}}) != nullptr);
}

void SteppingMenu::listBreakpoints() {
    qDeleteAll(m_listed);
    m_listed.clear();
    m_none->setVisible(m_breakpoints.all().empty());
    m_clear->setVisible(!m_breakpoints.all().empty());
    for (const Breakpoint& each : m_breakpoints.all()) {
        auto* const one = new QAction(labelText(HaltWords::nameOf(each, m_document.pipeline())), this);
        one->setCheckable(true);
        one->setChecked(each.enabled);
        insertAction(m_clear, one);
        connect(one, &QAction::toggled, this, [this, each](bool on) {
            // The list is made anew, and this action with it: not while it is being chosen.
            QMetaObject::invokeMethod(
                this, [this, each, on] { m_breakpoints.setEnabled(each, on); }, Qt::QueuedConnection);
        });
        m_listed << one;
    }
}

void SteppingMenu::take(const Until& until) {
    const Status status = m_stepBack->step(until);
    if (!status.ok()) Q_EMIT told(shownLines(errorLines(status.error()), kTipLength));
}

void SteppingMenu::promptTime() {
    QDialog dialog(m_window->window());
    dialog.setWindowTitle(tr("To an event time"));
    auto* rows = new QVBoxLayout(&dialog);
    auto* words =
        new QLabel(tr("The run goes on until the watermarks of its sources come to this event time (UTC)."));
    words->setWordWrap(true);
    Instant newest = kMinTimestamp;
    for (const auto& [id, figures] : m_session.snapshot().metrics.nodes) {
        if (figures.watermark != kMaxTimestamp) newest = std::max(newest, figures.watermark);
    }
    if (newest == kMinTimestamp) newest = QDateTime::currentMSecsSinceEpoch();
    // The run is at the newest already.
    auto* moment = new QDateTimeEdit(QDateTime::fromMSecsSinceEpoch(newest + kFurther, Qt::UTC));
    moment->setTimeSpec(Qt::UTC);
    moment->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
    moment->setAccessibleName(tr("Event time (UTC)"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    rows->addWidget(words);
    rows->addWidget(moment);
    rows->addWidget(buttons);
    if (dialog.exec() == QDialog::Accepted) take(EventTime{moment->dateTime().toMSecsSinceEpoch()});
}

void SteppingMenu::promptCondition() {
    const std::optional<Breakpoint> at = place();
    if (!at) return;
    const Breakpoint* const known = m_breakpoints.at(*at);
    const StreamType* const stream = m_document.streamAt({at->node, at->port});
    auto* const dialog = new ConditionDialog(
        stream != nullptr ? stream->schema : nullptr,
        known != nullptr ? QString::fromStdString(known->condition) : QString(), m_window->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, place = *at] { m_breakpoints.setCondition(place, dialog->condition()); });
    dialog->open();
}

}  // namespace rw::ui
