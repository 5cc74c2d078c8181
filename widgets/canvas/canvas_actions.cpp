#include "widgets/canvas/canvas_actions.h"

#include <QActionGroup>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <algorithm>

#include "widgets/canvas/arrange.h"
#include "widgets/canvas/group_dialog.h"
#include "widgets/canvas/tidy_motion.h"
#include "widgets/canvas/tools/snapping.h"
#include "widgets/document/editing/chart_alert.h"
#include "widgets/session/model_reset.h"
#include "widgets/session/shown/close_window.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

QIcon swatchOf(NoteColor color, double devicePixelRatio) {
    const int size = metrics::kIconSmall;
    QPixmap swatch(QSize(size, size) * devicePixelRatio);
    swatch.setDevicePixelRatio(devicePixelRatio);
    swatch.fill(Qt::transparent);
    QPainter painter(&swatch);
    painter.setRenderHint(QPainter::Antialiasing);
    const NoteTone tone = NoteItem::toneOf(color);
    painter.setPen(QPen(tone.line, 1));
    painter.setBrush(color == NoteColor::None ? tone.tint : tone.line);
    painter.drawRoundedRect(QRectF(0.5, 0.5, size - 1, size - 1), metrics::kCapRadius, metrics::kCapRadius);
    return swatch;
}

}  // namespace

CanvasActions::CanvasActions(CanvasView& view)
    : QObject(&view), m_view(view), m_document(view.canvas().document()), m_motion(new TidyMotion(view)) {
    createEditing();
    createViewActions();
    createArranging();
    retranslate();
    connect(&m_document.selection(), &Selection::changed, this, &CanvasActions::refreshEnabled);
    connect(&m_document, &PipelineDocument::changed, this, &CanvasActions::refreshEnabled);
    connect(&view.canvas(), &CanvasScene::contentMoved, this, &CanvasActions::refreshEnabled);
    connect(&view.canvas(), &CanvasScene::focusTargetChanged, this, &CanvasActions::refreshEnabled);
    connect(&view, &CanvasView::zoomChanged, this, &CanvasActions::refreshEnabled);
    refreshEnabled();
}

QAction* CanvasActions::add(const QString& icon, const QKeySequence& keys, std::function<void()> act) {
    auto* action = new QAction(this);
    if (!icon.isEmpty()) action->setIcon(Theme::of().icon(icon));
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, [this, action, act = std::move(act)] {
        if (m_elsewhere && m_elsewhere(action)) return;
        m_view.canvas().catchUp();  // menus are there while the canvas is not
        m_motion->finish();
        act();
    });
    m_view.addAction(action);
    m_all.push_back(action);
    return action;
}

void CanvasActions::take(void (QUndoStack::*step)()) {
    std::vector<ItemRef> changed;
    const auto heard =
        connect(&m_document, &PipelineDocument::changed, this, [&changed](const DocumentChange& change) {
            changed.insert(changed.end(), change.items.begin(), change.items.end());
        });
    (m_document.undoStack().*step)();
    disconnect(heard);
    m_view.revealAny(changed);
}

std::vector<NodeId> CanvasActions::selected() const {
    return m_document.selection().nodes();
}

Point CanvasActions::placeForNew(NodeGroup group) const {
    if (!m_menuAt) return m_view.placeForNewNode(group);
    if (!m_view.snapping()) return {m_menuAt->x(), m_menuAt->y()};
    return {snapped(m_menuAt->x()), snapped(m_menuAt->y())};
}

std::optional<NoteId> CanvasActions::frameOfSelected() const {
    const std::vector<NoteId>& chosen = m_document.selection().notes();
    if (selected().empty() && !chosen.empty()) return chosen.back();
    const QRectF inside = m_view.canvas().rectOf(selected());
    const std::vector<NoteItem*>& notes = m_view.canvas().notes();
    const auto around = std::find_if(notes.rbegin(), notes.rend(), [&](const NoteItem* note) {
        return !inside.isEmpty() && note->frame().contains(inside);
    });
    return around != notes.rend() ? std::optional((*around)->id()) : std::nullopt;
}

void CanvasActions::createEditing() {
    cut = add(QStringLiteral("cut"), QKeySequence::Cut,
              [this] { m_document.cut(m_document.selection().items()); });
    copy = add(QStringLiteral("copy"), QKeySequence::Copy,
               [this] { m_document.copy(m_document.selection().items()); });
    paste = add(QStringLiteral("paste"), QKeySequence::Paste, [this] {
        if (!m_document.canPaste()) {
            Q_EMIT m_view.told(tr("The clipboard holds no nodes."));
            return;
        }
        m_document.paste(placeForNew(NodeGroup::Transform));
    });
    duplicate = add(QStringLiteral("copy"), QKeySequence(Qt::CTRL | Qt::Key_D),
                    [this] { m_document.duplicate(m_document.selection().items()); });
    remove = add(QStringLiteral("trash"), QKeySequence::Delete,
                 [this] { m_document.remove(m_document.selection().items()); });
    removeAndReconnect = add({}, QKeySequence(Qt::CTRL | Qt::Key_Delete), [this] {
        const QRectF at = m_view.canvas().rectOf(selected());
        if (const auto issue = m_document.removeAndReconnect(selected())) {
            m_view.showRefusal(*issue, std::nullopt, m_view.mapFromScene(at.center()));
        }
    });
    selectAll = add(QStringLiteral("select"), QKeySequence::SelectAll,
                    [this] { m_document.selection().selectAll(); });
    rename = add(QStringLiteral("rename"), QKeySequence(Qt::Key_F2), [this] {
        const Selection& selection = m_document.selection();
        if (!selection.nodes().empty()) return m_view.startRename(selection.nodes().back());
        if (!selection.notes().empty()) m_view.startNoteEdit(selection.notes().back());
    });
    disable = add(QStringLiteral("bypass"), QKeySequence(Qt::CTRL | Qt::Key_E), [this] {
        const auto nodes = selected();
        const bool off = std::all_of(nodes.begin(), nodes.end(),
                                     [&](const NodeId& id) { return m_document.node(id)->disabled; });
        m_document.setDisabled(nodes, !off);
    });
    collapse = add(QStringLiteral("eye"), QKeySequence(Qt::CTRL | Qt::Key_Period), [this] {
        const auto nodes = selected();
        const bool closed = std::all_of(nodes.begin(), nodes.end(),
                                        [&](const NodeId& id) { return m_document.node(id)->collapsed; });
        m_document.setCollapsed(nodes, !closed);
    });
    frame = add(QStringLiteral("frame"), QKeySequence(Qt::CTRL | Qt::Key_G), [this] {
        const QRectF around = m_view.canvas().rectOf(selected()).adjusted(-24, -40, 24, 24);
        m_document.addNote(
            {tr("Comment").toStdString(), {around.left(), around.top()}, {around.width(), around.height()}});
    });
    unframe = add({}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G), [this] {
        if (const auto note = frameOfSelected()) m_document.remove({*note});
    });
    group = add(QStringLiteral("subflow"), {}, [this] { groupSelected(); });
    openSubflow = add(QStringLiteral("folder-open"), {}, [this] {
        if (const Node* node = m_document.selection().single()) Q_EMIT subflowRequested(NodeId(node->id));
    });
    addComment = add(QStringLiteral("type-text"), {}, [this] {
        m_document.addNote({tr("Comment").toStdString(), placeForNew(NodeGroup::Window)});
    });
    connectPort = add(QStringLiteral("link"), QKeySequence(Qt::Key_C), [this] { m_view.startConnecting(); });
    quickAdd = add(QStringLiteral("plus"), QKeySequence(Qt::Key_A),
                   [this] { m_menuAt ? m_view.openQuickAdd(*m_menuAt, {}) : m_view.quickAdd(); });
}

void CanvasActions::createViewActions() {
    zoomIn = add(QStringLiteral("plus"), QKeySequence::ZoomIn, [this] { m_view.zoomBy(1.25); });
    zoomOut = add(QStringLiteral("minus"), QKeySequence::ZoomOut, [this] { m_view.zoomBy(0.8); });
    zoomActual = add({}, QKeySequence(Qt::CTRL | Qt::Key_0),
                     [this] { m_view.zoomTo(1, m_view.viewport()->rect().center()); });
    fitAll = add(QStringLiteral("fit"), QKeySequence(Qt::SHIFT | Qt::Key_1), [this] { m_view.fitAll(); });
    fitSelection = add({}, QKeySequence(Qt::SHIFT | Qt::Key_2), [this] { m_view.fitSelection(); });
    // Shift and a digit are found whichever character they give; that character as a second shortcut would be
    // one that Qt can't tell from the first, and neither would work. Ctrl+= is where the plus is.
    zoomIn->setShortcuts({QKeySequence(QKeySequence::ZoomIn), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    snap = add(QStringLiteral("magnet"), {}, [this] { m_view.setSnapping(snap->isChecked()); });
    minimap = add(QStringLiteral("map"), {}, [] {});
    for (QAction* action : {snap, minimap}) {
        action->setCheckable(true);
        action->setChecked(true);
    }
}

void CanvasActions::createArranging() {
    const auto apply = [this](Arrangement how) {
        return [this, how] {
            const auto places = arranged(m_view.canvas(), selected(), how);
            m_document.move(places);
        };
    };
    alignLeft = add(QStringLiteral("align"), QKeySequence(QStringLiteral("Ctrl+Shift+L, Left")),
                    apply(Arrangement::AlignLeft));
    alignCentresAcross = add({}, {}, apply(Arrangement::AlignCentresAcross));
    alignRight = add({}, {}, apply(Arrangement::AlignRight));
    alignTop = add(QStringLiteral("align"), QKeySequence(QStringLiteral("Ctrl+Shift+L, Up")),
                   apply(Arrangement::AlignTop));
    alignCentresDown = add({}, {}, apply(Arrangement::AlignCentresDown));
    alignBottom = add({}, {}, apply(Arrangement::AlignBottom));
    distributeAcross =
        add({}, QKeySequence(QStringLiteral("Ctrl+Shift+L, Right")), apply(Arrangement::DistributeAcross));
    distributeDown =
        add({}, QKeySequence(QStringLiteral("Ctrl+Shift+L, Down")), apply(Arrangement::DistributeDown));
    auto* menu = new QMenu(&m_view);
    menu->addActions({alignLeft, alignCentresAcross, alignRight});
    menu->addSeparator();
    menu->addActions({alignTop, alignCentresDown, alignBottom});
    menu->addSeparator();
    menu->addActions({distributeAcross, distributeDown});
    align = menu->menuAction();
    align->setIcon(Theme::of().icon(u"align"));
    arrange = add(QStringLiteral("wand"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I),
                  [this] { m_motion->arrange(laidOut(m_view.canvas())); });
}

void CanvasActions::refreshEnabled() {
    const Selection& selection = m_document.selection();
    const bool nodes = !selection.nodes().empty();
    for (QAction* action : {removeAndReconnect, disable, collapse, frame, group, fitSelection})
        action->setEnabled(nodes);
    for (QAction* action : {cut, copy, duplicate, rename})
        action->setEnabled(nodes || !selection.notes().empty());
    unframe->setEnabled(frameOfSelected().has_value());
    const Node* const single = selection.single();
    openSubflow->setEnabled(single != nullptr && m_document.isSubflow(single->id));
    connectPort->setEnabled(nodes || !m_view.canvas().focusTarget().node().empty());
    zoomIn->setEnabled(m_view.zoom() < CanvasView::kMaxZoom);
    zoomOut->setEnabled(m_view.zoom() > CanvasView::kMinZoom);
    zoomActual->setEnabled(!qFuzzyCompare(m_view.zoom(), 1.0));
    remove->setEnabled(!selection.empty());
    for (QAction* action :
         {align, alignLeft, alignCentresAcross, alignRight, alignTop, alignCentresDown, alignBottom})
        action->setEnabled(selection.nodes().size() > 1);
    for (QAction* action : {distributeAcross, distributeDown})
        action->setEnabled(selection.nodes().size() > 2);
    const bool any = !m_document.pipeline().nodes.empty();
    for (QAction* action : {fitAll, arrange}) action->setEnabled(any);
    selectAll->setEnabled(any || !m_document.notes().empty());
}

void CanvasActions::retranslate() {
    const auto name = [](QAction* action, const QString& words) {
        action->setText(words);
        const QString tip = withoutMnemonic(words);
        action->setToolTip(
            action->shortcut().isEmpty()
                ? tip
                : tip + QStringLiteral(" (%1)").arg(action->shortcut().toString(QKeySequence::NativeText)));
    };
    name(cut, tr("Cu&t"));
    name(copy, tr("&Copy"));
    name(paste, tr("&Paste"));
    name(duplicate, tr("&Duplicate"));
    name(remove, tr("Delet&e"));
    name(removeAndReconnect, tr("Delete and reco&nnect"));
    name(selectAll, tr("Se&lect all"));
    name(rename, tr("Rena&me"));
    name(disable, tr("D&isable or enable"));
    name(collapse, tr("C&ollapse or expand"));
    name(frame, tr("&Frame with a comment"));
    name(unframe, tr("R&emove the frame"));
    name(group, tr("&Group into subflow…"));
    name(openSubflow, tr("Open &subflow"));
    name(addComment, tr("Add a commen&t"));
    name(connectPort, tr("&Connect"));
    name(quickAdd, tr("&Add a node…"));
    name(zoomIn, tr("Zoom &in"));
    name(zoomOut, tr("Zoom &out"));
    name(zoomActual, tr("Actual si&ze"));
    name(fitAll, tr("&Fit all"));
    name(fitSelection, tr("Fit &selection"));
    name(snap, tr("Snap to &grid and guide lines"));
    name(minimap, tr("&Minimap"));
    name(align, tr("Align and distri&bute"));
    name(alignLeft, tr("Align &left edges"));
    name(alignCentresAcross, tr("Align &centres across"));
    name(alignRight, tr("Align &right edges"));
    name(alignTop, tr("Align &top edges"));
    name(alignCentresDown, tr("Align c&entres down"));
    name(alignBottom, tr("Align &bottom edges"));
    name(distributeAcross, tr("Distribute &across"));
    name(distributeDown, tr("Distribute &down"));
    name(arrange, tr("Arrange a&utomatically"));
}

// The file of the subflow lies beside that of the pipeline.
bool CanvasActions::askToSave() {
    if (!m_document.path().isEmpty()) return true;
    QMessageBox box(QMessageBox::Question, tr("Group into a subflow"),
                    tr("Save the pipeline first: the file of the subflow is put beside it."),
                    QMessageBox::Cancel, m_view.window());
    QPushButton* save = box.addButton(tr("Save…"), QMessageBox::AcceptRole);
    box.setDefaultButton(save);
    box.exec();
    if (box.clickedButton() == save) Q_EMIT saveRequested();
    return !m_document.path().isEmpty();
}

void CanvasActions::groupSelected() {
    const std::vector<NodeId> nodes = selected();
    const QPoint at = m_view.mapFromScene(m_view.canvas().rectOf(nodes).center());
    const auto refuse = [&](const Error& error) {
        Issue issue;
        issue.node = error.node;
        issue.message = error.message;
        issue.fix = error.fix;
        m_view.showRefusal(issue, std::nullopt, at);
    };
    const Result<Group> possible = groupOf(m_document, nodes, QStringLiteral("part.rill"));
    if (!possible.ok()) return refuse(possible.error());
    if (!askToSave()) return;
    GroupDialog dialog(m_document, nodes, m_view.window());
    if (dialog.exec() != QDialog::Accepted) return;
    const QString name = dialog.fileName();
    const Status done = groupInto(m_document, nodes, name);
    if (!done.ok()) return refuse(done.error());
    m_view.revealNew(m_document.selection().nodes().front());
    Q_EMIT m_view.told(tr("“%1” was written. Undo leaves it there.").arg(name));
}

void CanvasActions::addReset(QMenu& menu, const NodeId& node) {
    RunSession& session = m_view.canvas().session();
    const QString why = session.whyNotAsked(node);
    QAction* reset = menu.addAction(Theme::of().icon(u"refresh"), resetWords());
    reset->setEnabled(why.isEmpty());
    reset->setToolTip(why);
    menu.setToolTipsVisible(!why.isEmpty());  // else they only repeat what the menu says
    connect(reset, &QAction::triggered, this,
            [this, &session, node] { askToReset(m_document, session, node, m_view.window()); });
    menu.addSeparator();
}

/// While a window of the node is open.
void CanvasActions::addClose(QMenu& menu, const NodeId& node) {
    RunSession& session = m_view.canvas().session();
    const std::optional<Window> window = openWindow(session, node);
    if (!window || !session.whyNotAsked(node).isEmpty()) return;
    connect(menu.addAction(Theme::of().icon(u"stop"), closeWords()), &QAction::triggered, this,
            [this, &session, node, window = *window] {
                askToClose(m_document, session, node, window, m_view.window());
            });
    menu.addSeparator();
}

void CanvasActions::addBreakpoint(QMenu& menu, const PortRef& output) {
    BreakpointList& breakpoints = m_view.canvas().session().breakpoints();
    const Breakpoint place{output.node, output.port};
    QAction* const breakpoint = menu.addAction(tr("Brea&kpoint"));
    breakpoint->setCheckable(true);
    breakpoint->setChecked(breakpoints.at(place) != nullptr);
    connect(breakpoint, &QAction::triggered, this, [&breakpoints, place] { breakpoints.toggle(place); });
}

void CanvasActions::addColors(QMenu& menu, NoteId note) {
    const std::pair<NoteColor, QString> colors[] = {
        {NoteColor::None, tr("&No colour")}, {NoteColor::Blue, tr("&Blue")},
        {NoteColor::Green, tr("&Green")},    {NoteColor::Amber, tr("&Amber")},
        {NoteColor::Red, tr("&Red")},        {NoteColor::Violet, tr("&Violet")}};
    const Note* colored = m_document.note(note);
    if (colored == nullptr) return;
    QMenu* list = menu.addMenu(tr("&Colour of the comment"));
    auto* group = new QActionGroup(list);
    for (const auto& [color, words] : colors) {
        QAction* action = group->addAction(swatchOf(color, m_view.devicePixelRatioF()), words);
        action->setCheckable(true);
        action->setChecked(noteColorOf(*colored) == color);
        list->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, note, color = color] { setNoteColors(note, color); });
    }
}

/// Of all selected comments if that one is among them: as one step.
void CanvasActions::setNoteColors(NoteId note, NoteColor color) {
    std::vector<NoteId> notes{note};
    if (m_document.selection().contains(note)) notes = m_document.selection().notes();
    std::vector<std::pair<NoteId, Note>> changed;
    for (const NoteId each : notes) {
        const Note* found = m_document.note(each);
        if (found == nullptr) continue;
        Note next = *found;
        setNoteColor(next, color);
        if (!(next == *found)) changed.emplace_back(each, std::move(next));
    }
    const QString step = tr("Change colour of comment");
    if (changed.size() > 1) m_document.undoStack().beginMacro(step);
    for (const auto& [each, next] : changed) m_document.setNote(each, next, step);
    if (changed.size() > 1) m_document.undoStack().endMacro();
}

void CanvasActions::fillMenu(QMenu& menu, const Hit& hit, std::optional<QPointF> at) {
    if (const NodeId* node = hit.item.node()) {
        if (m_document.isSubflow(*node)) {
            const Node* const single = m_document.selection().single();
            if (single != nullptr && single->id == *node) {
                menu.addAction(openSubflow);  // with its keys
            } else {
                connect(menu.addAction(openSubflow->icon(), openSubflow->text()), &QAction::triggered, this,
                        [this, id = *node] { Q_EMIT subflowRequested(id); });
            }
        }
        const AlertOffer offer = alertOffer(m_document, *node);
        if (offer.kind != AlertOffer::Kind::None) {
            QAction* alert = menu.addAction(Theme::of().icon(u"bell"), labelText(offer.words()));
            alert->setEnabled(offer.kind != AlertOffer::Kind::Refuse);
            connect(alert, &QAction::triggered, this, [this, id = *node] { makeAlert(m_document, id); });
            menu.addSeparator();
        }
        if (hasModel(m_document, *node)) addReset(menu, *node);
        if (!m_document.isSubflow(*node)) addClose(menu, *node);
        if (m_more) {
            for (QAction* action : m_more(*node)) menu.addAction(action);
        }
        menu.addActions({rename, disable, collapse});
        if (const NodeKind* kind = m_document.kindOf(*node); kind != nullptr && !kind->outputs.empty())
            addBreakpoint(menu, {*node, kind->outputs.front().name});
        menu.addSeparator();
        menu.addActions({cut, copy, duplicate, remove, removeAndReconnect});
        menu.addSeparator();
        menu.addActions({frame, group, align});
        menu.addSeparator();
        if (const NodeKind* kind = m_document.kindOf(*node)) {
            const QString type = QString::fromStdString(kind->type);
            connect(menu.addAction(Theme::of().icon(u"help"), tr("&Help on this node")), &QAction::triggered,
                    this, [this, type] { Q_EMIT helpRequested(type); });
        }
    } else if (const Wire* wire = hit.item.wire()) {
        connect(menu.addAction(Theme::of().icon(u"plus"), tr("&Insert a node…")), &QAction::triggered, this,
                [this, split = *wire] {
                    if (const WireItem* item = m_view.canvas().wire(split))
                        m_view.openQuickAdd(item->course().middle(), {.wire = split});
                });
        addBreakpoint(menu, wire->from);
        menu.addAction(remove);
    } else if (const NoteId* note = hit.item.note()) {
        connect(menu.addAction(Theme::of().icon(u"rename"), tr("&Edit the comment")), &QAction::triggered,
                this, [this, edited = *note] { m_view.startNoteEdit(edited); });
        addColors(menu, *note);
        connect(menu.addAction(Theme::of().icon(u"trash"), tr("&Remove the comment")), &QAction::triggered,
                this, [this, gone = *note] { m_document.remove({gone}); });
    } else {
        paste->setEnabled(m_document.canPaste());
        menu.addActions({quickAdd, paste, selectAll, addComment});
        menu.addSeparator();
        menu.addActions({fitAll, zoomActual, arrange});
        m_menuAt = at;
        connect(&menu, &QObject::destroyed, paste, [this] {
            m_menuAt.reset();
            paste->setEnabled(true);
        });
    }
}

}  // namespace rw::ui
