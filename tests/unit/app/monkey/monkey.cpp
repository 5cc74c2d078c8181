#include "tests/unit/app/monkey/monkey.h"

#include <QAbstractEventDispatcher>
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <algorithm>

#include "app/running/main_tool_bar.h"
#include "widgets/session/consent_dialog.h"

namespace rw::ui {

namespace {

constexpr double kLongTurn = 200;  // milliseconds

}  // namespace

Turns::Turns() {
    QAbstractEventDispatcher* dispatcher = QAbstractEventDispatcher::instance();
    QObject::connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, [this] { end(); });
    QObject::connect(dispatcher, &QAbstractEventDispatcher::awake, [this] {
        if (!m_running) begin();
    });
}

void Turns::begin() {
    m_clock.start();
    m_running = true;
}

void Turns::end() {
    if (!m_running) return;
    m_running = false;
    const double millis = static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
    ++turns;
    if (millis > kLongTurn) ++long200;
    Turn& longestOf = m_longest[m_deed];
    if (millis > longestOf.millis) longestOf = {millis, m_deed, m_words};
}

std::vector<Turns::Turn> Turns::longestFirst() const {
    std::vector<Turn> all;
    for (const auto& [deed, turn] : m_longest) all.push_back(turn);
    std::sort(all.begin(), all.end(), [](const Turn& a, const Turn& b) { return a.millis > b.millis; });
    return all;
}

Monkey::Monkey(WindowFixture& fixture, unsigned seed, QStringList documents, std::FILE* trail)
    : m_fixture(fixture), m_random(seed), m_documents(std::move(documents)), m_trail(trail) {
    QObject::connect(&m_answers, &QTimer::timeout, [this] { answer(); });
    m_answers.start(3);
}

void Monkey::note(const QString& words) {
    std::fprintf(m_trail, "  %s\n", qPrintable(words));
    std::fflush(m_trail);
    turns.setWords(words);
}

void Monkey::act() {
    if (!m_fixture.window->isVisible()) m_fixture.window->show();  // it was closed
    if (QApplication::activeWindow() == nullptr || below(4) == 0) m_fixture.window->activateWindow();
    int all = 0;
    for (const Deed& deed : deeds()) all += deed.weight;
    int chosen = below(static_cast<std::size_t>(all));
    for (const Deed& deed : deeds()) {
        chosen -= deed.weight;
        if (chosen >= 0) continue;
        std::fprintf(m_trail, "%s\n", deed.name);
        std::fflush(m_trail);
        turns.setDeed(deed.name);
        turns.begin();
        (this->*deed.act)();
        break;
    }
    settle(below(4));
    turns.leaveOut();
    const auto& bar = *m_fixture.window->findChild<MainToolBar*>();
    const bool runs = bar.pauseAction()->isEnabled();
    if (runs) ++running;
    if (!runs && bar.stopAction()->isEnabled() && bar.runAction()->isEnabled()) ++paused;
}

void Monkey::settle(int millis) {
    QEventLoop loop;
    QTimer::singleShot(millis, &loop, &QEventLoop::quit);
    loop.exec();
}

void Monkey::answer() {
    if (QWidget* popup = QApplication::activePopupWidget()) {
        if (auto* menu = qobject_cast<QMenu*>(popup)) {
            chooseFrom(*menu);
        } else if (below(4) == 0) {
            popup->close();
        }
        return;
    }
    QWidget* modal = QApplication::activeModalWidget();
    if (auto* box = qobject_cast<QMessageBox*>(modal)) {
        const QList<QAbstractButton*> buttons = box->buttons();
        QAbstractButton* button = buttons[below(static_cast<std::size_t>(buttons.size()))];
        note(QStringLiteral("“%1”: %2").arg(box->text(), button->text()));
        button->click();
    } else if (auto* files = qobject_cast<QFileDialog*>(modal); files != nullptr && below(4) > 0) {
        chooseFile(*files);
    } else if (auto* question = qobject_cast<ConsentDialog*>(modal); question && below(4) > 0) {
        note(QStringLiteral("lets it run"));
        question->accept();
    } else if (auto* dialog = qobject_cast<QDialog*>(modal)) {
        note(QStringLiteral("closes ") + QLatin1String(dialog->metaObject()->className()));
        dialog->reject();
    }
}

// No name leads out of the folder of the documents.
void Monkey::chooseFile(QFileDialog& dialog) {
    QString file = of(m_documents);
    if (dialog.acceptMode() == QFileDialog::AcceptSave) {
        QString suffix = dialog.defaultSuffix();
        if (suffix.isEmpty()) suffix = QStringLiteral("rill");
        file = QFileInfo(file).dir().filePath(QStringLiteral("written%1.%2").arg(below(3)).arg(suffix));
    }
    note(QStringLiteral("file ") + QFileInfo(file).fileName());
    dialog.selectFile(file);
    // Later: a question that it asks then could not be answered from in here.
    QMetaObject::invokeMethod(&dialog, &QDialog::accept, Qt::QueuedConnection);
}

void Monkey::chooseFrom(QMenu& menu) {
    std::vector<QAction*> actions;
    for (QAction* action : menu.actions()) {
        if (action->isEnabled() && !action->isSeparator()) actions.push_back(action);
    }
    if (actions.empty() || below(3) == 0) {
        while (QWidget* popup = QApplication::activePopupWidget()) {
            if (!popup->close()) break;
        }
        return;
    }
    QAction* action = of(actions);
    note(QStringLiteral("menu: ") + action->text());
    // Later: a dialog that it brings up could not be answered from in here.
    QMetaObject::invokeMethod(
        &menu,
        [&menu, action] {
            menu.setActiveAction(action);
            QTest::keyClick(&menu, Qt::Key_Return);
        },
        Qt::QueuedConnection);
}

}  // namespace rw::ui
