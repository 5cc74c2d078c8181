// The actions of a monkey that presses keys and buttons at random.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "tests/unit/app/monkey/monkey.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/charts/chart_card.h"
#include "widgets/document/editing/node_template.h"
#include "widgets/document/examples.h"
#include "widgets/document/recent_files.h"
#include "widgets/files/file_actions.h"
#include "widgets/inspector/inspector.h"
#include "widgets/results/results_page.h"

namespace rw::ui {

namespace {

struct Keys {
    Qt::Key key;
    Qt::KeyboardModifiers with;
};

const std::vector<Keys>& canvasKeys() {
    constexpr auto none = Qt::NoModifier;
    constexpr auto ctrl = Qt::ControlModifier;
    constexpr auto shift = Qt::ShiftModifier;
    constexpr auto alt = Qt::AltModifier;
    static const std::vector<Keys> all{{Qt::Key_Delete, none},    {Qt::Key_Delete, ctrl},
                                       {Qt::Key_D, ctrl},         {Qt::Key_C, ctrl},
                                       {Qt::Key_X, ctrl},         {Qt::Key_V, ctrl},
                                       {Qt::Key_A, ctrl},         {Qt::Key_E, ctrl},
                                       {Qt::Key_Period, ctrl},    {Qt::Key_G, ctrl},
                                       {Qt::Key_G, ctrl | shift}, {Qt::Key_I, ctrl | shift},
                                       {Qt::Key_Left, none},      {Qt::Key_Right, none},
                                       {Qt::Key_Up, none},        {Qt::Key_Down, none},
                                       {Qt::Key_Left, alt},       {Qt::Key_Right, alt | shift},
                                       {Qt::Key_Up, alt},         {Qt::Key_Down, alt | shift},
                                       {Qt::Key_C, none},         {Qt::Key_A, none},
                                       {Qt::Key_P, none},         {Qt::Key_W, none},
                                       {Qt::Key_F2, none},        {Qt::Key_Return, none},
                                       {Qt::Key_Escape, none},    {Qt::Key_Space, none},
                                       {Qt::Key_Tab, none},       {Qt::Key_Backtab, shift},
                                       {Qt::Key_Home, none},      {Qt::Key_End, none},
                                       {Qt::Key_Backspace, none}, {Qt::Key_Plus, ctrl},
                                       {Qt::Key_Minus, ctrl},     {Qt::Key_0, ctrl},
                                       {Qt::Key_Exclam, shift},   {Qt::Key_At, shift},
                                       {Qt::Key_F, none},         {Qt::Key_F6, none},
                                       {Qt::Key_F6, shift},       {Qt::Key_F8, none},
                                       {Qt::Key_F8, shift},       {Qt::Key_F9, none},
                                       {Qt::Key_Return, alt},     {Qt::Key_Slash, none},
                                       {Qt::Key_K, ctrl},         {Qt::Key_F1, none},
                                       {Qt::Key_T, alt},          {Qt::Key_1, alt},
                                       {Qt::Key_2, alt},          {Qt::Key_3, alt},
                                       {Qt::Key_4, alt},          {Qt::Key_Z, ctrl},
                                       {Qt::Key_Z, ctrl | shift}, {Qt::Key_PageUp, none},
                                       {Qt::Key_PageDown, none},  {Qt::Key_N, ctrl},
                                       {Qt::Key_Slash, ctrl},     {Qt::Key_Menu, none}};
    return all;
}

// No path leads out of the pipeline's folder.
const std::vector<const char*>& texts() {
    static const std::vector<const char*> all{
        "n",        "v > 1",  "k",        "5s",        "COUNT(*) AS c", "AVG(v) AS mean",
        "x y",      "'",      "0",        "1000",      "a BIGINT",      "CASE WHEN v THEN k END",
        "out2.csv", "NOT (v", "t.sqlite", "-1",        "<b>",           "ts TIMESTAMP(3)",
        "%1",       "1e308",  "tumble",   "${folder}", "in.csv"};
    return all;
}

QString nameOf(const QWidget& widget) {
    const QLatin1String type(widget.metaObject()->className());
    return QStringLiteral("%1 “%2”").arg(type, widget.objectName());
}

}  // namespace

const std::vector<Monkey::Deed>& Monkey::deeds() {
    static const std::vector<Deed> all{{"keys", 20, &Monkey::pressKeys},
                                       {"click", 10, &Monkey::clickSomewhere},
                                       {"button", 8, &Monkey::pressButton},
                                       {"click node", 12, &Monkey::clickNode},
                                       {"drag", 10, &Monkey::dragOnCanvas},
                                       {"drag wire", 8, &Monkey::dragWire},
                                       {"wheel", 3, &Monkey::wheel},
                                       {"type", 6, &Monkey::typeText},
                                       {"edit field", 10, &Monkey::editField},
                                       {"add node", 6, &Monkey::addNode},
                                       {"open document", 3, &Monkey::openDocument},
                                       {"open recent", 2, &Monkey::openRecent},
                                       {"new", 1, &Monkey::startEmpty},
                                       {"open example", 1, &Monkey::openExample},
                                       {"save", 1, &Monkey::saveDocument},
                                       {"undo", 6, &Monkey::undoSome},
                                       {"run", 10, &Monkey::runKeys},
                                       {"context menu", 4, &Monkey::contextMenu},
                                       {"menu", 4, &Monkey::useMenu},
                                       {"dashboard", 4, &Monkey::useDashboard},
                                       {"results", 4, &Monkey::useResults},
                                       {"page", 8, &Monkey::changePage},
                                       {"look", 1, &Monkey::changeLook},
                                       {"wait", 2, &Monkey::wait}};
    return all;
}

QPoint Monkey::somewhere(const QWidget& widget) {
    const auto width = static_cast<std::size_t>(widget.width());
    return {below(width), below(static_cast<std::size_t>(widget.height()))};
}

QPoint Monkey::nodePoint() {
    const CanvasView& view = m_fixture.canvas().view();
    const auto& nodes = m_fixture.document().pipeline().nodes;
    if (nodes.empty()) return somewhere(viewport());
    const NodeItem* item = view.canvas().node(of(nodes).id);
    if (item == nullptr) return somewhere(viewport());
    const QRect rect = view.mapFromScene(item->sceneBoundingRect()).boundingRect();
    return rect.topLeft() + QPoint(below(static_cast<std::size_t>(rect.width())),
                                   below(static_cast<std::size_t>(rect.height())));
}

// Mostly the main one; else a chart, help, preferences.
QWidget* Monkey::anyWindow() {
    std::vector<QWidget*> others;
    for (QWidget* other : QApplication::topLevelWidgets()) {
        if (other != m_fixture.window.get() && other->isWindow() && other->isVisible())
            others.push_back(other);
    }
    return others.empty() || below(2) == 0 ? m_fixture.window.get() : of(others);
}

QWidget* Monkey::focus() const {
    if (QWidget* popup = QApplication::activePopupWidget()) return popup;
    QWidget* widget = QApplication::focusWidget();
    return widget != nullptr ? widget : m_fixture.window.get();
}

void Monkey::pressKeys() {
    if (below(3) > 0 && viewport().isVisible()) m_fixture.canvas().view().setFocus();
    for (int left = 1 + below(3); left > 0; --left) {
        const Keys keys = of(canvasKeys());
        note(QKeySequence(QKeyCombination(keys.with, keys.key)).toString());
        QTest::keyClick(focus(), keys.key, keys.with);
    }
}

void Monkey::clickSomewhere() {
    QWidget* window = QApplication::activePopupWidget();
    if (window == nullptr) window = anyWindow();
    const QPoint at = somewhere(*window);
    QWidget* child = window->childAt(at);
    if (child == nullptr) child = window;
    note(nameOf(*child));
    const QPoint there = child->mapFrom(window, at);
    if (below(5) == 0) {
        QTest::mouseDClick(child, Qt::LeftButton, Qt::NoModifier, there);
    } else {
        QTest::mouseClick(child, Qt::LeftButton, Qt::NoModifier, there);
    }
}

void Monkey::clickNode() {
    if (!viewport().isVisible()) return;
    const Qt::KeyboardModifiers keys = below(3) == 0 ? Qt::ShiftModifier : Qt::NoModifier;
    const QPoint at = nodePoint();
    QTest::mouseMove(&viewport(), at);
    if (below(8) == 0) {
        QTest::mouseDClick(&viewport(), Qt::LeftButton, keys, at);
    } else {
        QTest::mouseClick(&viewport(), Qt::LeftButton, keys, at);
    }
}

void Monkey::dragOnCanvas() {
    if (!viewport().isVisible()) return;
    const QPoint from = below(3) == 0 ? somewhere(viewport()) : nodePoint();
    const QPoint to = somewhere(viewport());
    const Qt::KeyboardModifiers keys = below(5) == 0 ? Qt::ControlModifier : Qt::NoModifier;
    QTest::mouseMove(&viewport(), from);
    QTest::mousePress(&viewport(), Qt::LeftButton, keys, from);
    for (int step = 1; step <= 3; ++step) QTest::mouseMove(&viewport(), from + (to - from) * step / 3);
    if (below(10) == 0) QTest::keyClick(&m_fixture.canvas().view(), Qt::Key_Escape);
    if (below(10) == 0) settle(5);  // for events in the middle of it
    QTest::mouseRelease(&viewport(), Qt::LeftButton, keys, to);
}

// From the right edge of a card to the left edge of another, where ports are.
void Monkey::dragWire() {
    const auto& nodes = m_fixture.document().pipeline().nodes;
    if (!viewport().isVisible() || nodes.empty()) return;
    const CanvasView& view = m_fixture.canvas().view();
    const NodeItem* one = view.canvas().node(of(nodes).id);
    const NodeItem* other = view.canvas().node(of(nodes).id);
    if (one == nullptr || other == nullptr) return;
    const auto end = [&](const NodeItem& item, bool input) {
        std::vector<int> ports;
        for (int port = 0; port < static_cast<int>(item.card().ports.size()); ++port) {
            if (item.card().ports[static_cast<std::size_t>(port)].input == input) ports.push_back(port);
        }
        return view.mapFromScene(ports.empty() ? item.cardRect().center() : item.portAt(of(ports)));
    };
    const QPoint from = end(*one, false), to = end(*other, true);
    QTest::mouseMove(&viewport(), from);
    QTest::mousePress(&viewport(), Qt::LeftButton, Qt::NoModifier, from);
    for (int step = 1; step <= 3; ++step) QTest::mouseMove(&viewport(), from + (to - from) * step / 3);
    QTest::mouseRelease(&viewport(), Qt::LeftButton, Qt::NoModifier, to);
}

void Monkey::wheel() {
    QWidget& target = viewport();
    if (!target.isVisible()) return;
    const QPointF at = somewhere(target);
    const Qt::KeyboardModifiers keys = below(2) == 0 ? Qt::ControlModifier : Qt::NoModifier;
    QWheelEvent event(at, target.mapToGlobal(at), {}, QPoint(0, below(2) == 0 ? 120 : -120), Qt::NoButton,
                      keys, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&target, &event);
}

void Monkey::typeText() {
    QTest::keyClicks(focus(), QLatin1String(of(texts())));
    if (below(2) == 0) QTest::keyClick(focus(), below(2) == 0 ? Qt::Key_Return : Qt::Key_Tab);
}

void Monkey::editField() {
    const auto& nodes = m_fixture.document().pipeline().nodes;
    if (nodes.empty()) return;
    if (below(2) == 0) m_fixture.document().selection().set({of(nodes).id});
    std::vector<QWidget*> fields;
    for (QWidget* widget : m_fixture.window->findChild<Inspector*>()->findChildren<QWidget*>()) {
        if (widget->isVisible() && widget->isEnabled() && widget->focusPolicy() != Qt::NoFocus)
            fields.push_back(widget);
    }
    if (fields.empty()) return;
    QWidget* field = of(fields);
    note(nameOf(*field));
    field->setFocus();
    if (qobject_cast<QAbstractButton*>(field) != nullptr || qobject_cast<QComboBox*>(field) != nullptr) {
        QTest::keyClick(field, below(2) == 0 ? Qt::Key_Space : Qt::Key_Down);
        return;
    }
    if (below(2) == 0) QTest::keyClick(focus(), Qt::Key_A, Qt::ControlModifier);
    typeText();
}

void Monkey::addNode() {
    static const std::vector<TemplateEntry> entries = templateEntries(m_fixture.catalogue);
    if (!viewport().isVisible()) return;
    m_fixture.canvas().addBesideSelection(of(entries).node);
}

void Monkey::openDocument() {
    m_fixture.window->findChild<FileActions*>()->open(of(m_documents));
}

void Monkey::openExample() {
    const std::vector<Example> all = examples();
    m_fixture.window->findChild<FileActions*>()->openExample(of(all).file, below(2) == 0);
}

void Monkey::saveDocument() {
    if (!m_fixture.document().path().isEmpty())
        QTest::keyClick(m_fixture.window.get(), Qt::Key_S, Qt::ControlModifier);
}

void Monkey::undoSome() {
    for (int left = 1 + below(6); left > 0; --left) {
        const Qt::KeyboardModifiers redo = below(3) == 0 ? Qt::ShiftModifier : Qt::NoModifier;
        QTest::keyClick(&m_fixture.canvas().view(), Qt::Key_Z, Qt::ControlModifier | redo);
    }
}

void Monkey::runKeys() {
    static const std::vector<Keys> all{{Qt::Key_R, Qt::ControlModifier},
                                       {Qt::Key_R, Qt::ControlModifier},
                                       {Qt::Key_P, Qt::ControlModifier},
                                       {Qt::Key_Return, Qt::ControlModifier},
                                       {Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier}};
    const Keys keys = of(all);
    QTest::keyClick(m_fixture.window.get(), keys.key, keys.with);
    settle(below(20));
}

void Monkey::contextMenu() {
    if (!viewport().isVisible()) return;
    const QPoint at = below(2) == 0 ? nodePoint() : somewhere(viewport());
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, viewport().mapToGlobal(at));
    QCoreApplication::sendEvent(&viewport(), &event);
}

void Monkey::changePage() {
    static const std::vector<Qt::Key> pages{Qt::Key_1, Qt::Key_1, Qt::Key_1, Qt::Key_2, Qt::Key_3};
    QTest::keyClick(m_fixture.window.get(), of(pages), Qt::ControlModifier);
}

void Monkey::pressButton() {
    std::vector<QAbstractButton*> buttons;
    for (auto* button : anyWindow()->findChildren<QAbstractButton*>()) {
        if (button->isVisible() && button->isEnabled()) buttons.push_back(button);
    }
    if (buttons.empty()) return;
    QAbstractButton* button = of(buttons);
    note(nameOf(*button) + QLatin1Char(' ') + button->text() + button->accessibleName());
    QTest::mouseClick(button, Qt::LeftButton);
}

void Monkey::useDashboard() {
    QTest::keyClick(m_fixture.window.get(), Qt::Key_2, Qt::ControlModifier);
    std::vector<ChartCard*> cards;
    for (auto* card : m_fixture.window->findChildren<ChartCard*>()) {
        if (card->isVisible()) cards.push_back(card);
    }
    if (cards.empty()) return;
    ChartCard* card = of(cards);
    if (below(3) == 0) {
        static const std::vector<Keys> all{{Qt::Key_F, Qt::NoModifier},
                                           {Qt::Key_T, Qt::AltModifier},
                                           {Qt::Key_Return, Qt::NoModifier},
                                           {Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier}};
        const Keys keys = of(all);
        note(QKeySequence(QKeyCombination(keys.with, keys.key)).toString());
        QTest::keyClick(card, keys.key, keys.with);
        return;
    }
    // By its head or its corner, to wherever it is on the page.
    const bool sizes = below(2) == 0;
    const QPoint from = sizes ? QPoint(card->width() - 5, card->height() - 5) : QPoint(card->width() / 2, 4);
    const QPoint to = card->mapFrom(m_fixture.window.get(), somewhere(*m_fixture.window));
    note(sizes ? QStringLiteral("sizes a card") : QStringLiteral("moves a card"));
    QTest::mousePress(card, Qt::LeftButton, {}, from);
    for (int step = 1; step <= 3; ++step) QTest::mouseMove(card, from + (to - from) * step / 3);
    if (below(10) == 0) settle(5);  // for events in the middle of it
    QTest::mouseRelease(card, Qt::LeftButton, {}, to);
}

void Monkey::useResults() {
    QTest::keyClick(m_fixture.window.get(), Qt::Key_3, Qt::ControlModifier);
    auto& page = *m_fixture.window->findChild<ResultsPage*>();
    static const std::vector<const char*> filters{"", "n > 100", "n <", "1", "mean > 50", "'"};
    QHeaderView& head = *page.grid().horizontalHeader();
    if (below(2) == 0) {
        note(QStringLiteral("filter"));
        page.setFilter(QLatin1String(of(filters)));
    } else if (head.count() > 0 && head.isVisible()) {
        const int section = below(static_cast<std::size_t>(head.count()));
        note(QStringLiteral("sorts"));
        const QPoint at(head.sectionViewportPosition(section) + 5, head.height() / 2);
        QTest::mouseClick(head.viewport(), Qt::LeftButton, {}, at);
    }
    settle(below(20));
}

// Any action of the menus, through their submenus.
void Monkey::useMenu() {
    QList<QAction*> actions = m_fixture.window->menuBar()->actions();
    for (;;) {
        actions.removeIf([](const QAction* action) { return !action->isEnabled() || action->isSeparator(); });
        if (actions.empty()) return;
        QAction* action = of(actions);
        QMenu* menu = action->menu();
        if (menu == nullptr) {
            note(QStringLiteral("menu: ") + action->text());
            return action->trigger();
        }
        Q_EMIT menu->aboutToShow();  // some are filled only then
        actions = menu->actions();
        Q_EMIT menu->aboutToHide();
    }
}

// The other document, or the same again, by the list of those that were open last.
void Monkey::openRecent() {
    const QStringList files = RecentFiles().files();
    if (files.isEmpty()) return openDocument();
    const QString file = of(files);
    note(QFileInfo(file).fileName());
    m_fixture.window->findChild<FileActions*>()->open(file);
}

void Monkey::startEmpty() {
    m_fixture.window->findChild<FileActions*>()->startEmpty();
}

void Monkey::changeLook() {
    Preferences& preferences = m_fixture.preferences;
    if (below(2) == 0) {
        note(QStringLiteral("language"));
        return preferences.toggleLanguage();
    }
    static const std::vector<int> sizes{100, 100, 150, 200};
    ThemeSettings look = preferences.look();
    look.textZoomPercent = of(sizes);
    look.mode = below(2) == 0 ? ThemeMode::Dark : ThemeMode::Light;
    note(QStringLiteral("text size %1 %").arg(look.textZoomPercent));
    preferences.setLook(look);
}

void Monkey::wait() {
    for (QWidget* other : QApplication::topLevelWidgets()) {
        if (other != m_fixture.window.get() && other->isWindow() && other->isVisible()) other->close();
    }
    settle(100);
}

}  // namespace rw::ui
