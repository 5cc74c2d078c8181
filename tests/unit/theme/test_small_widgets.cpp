// The shared widgets, by mouse, by keyboard and for assistive technology.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "widgets/theme/chip.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/flow_layout.h"
#include "widgets/theme/heads.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/pill.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/sparkline.h"
#include "widgets/theme/theme.h"

using namespace rw::ui;

class TestSmallWidgets : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void codeHasNoLigatures();
    void gapsInATrendAreBridged();
    void chipIsRemovedByMouseAndKey();
    void segmentsByKeyboard();
    void segmentsEmitOnlyForTheUser();
    void aLongSegmentHasRoomForItsWords();
    void sectionOpensAndCloses();
    void searchFieldEscape();
    void elidedLabelKeepsTheWholeText();
    void hintActions();
    void aPressedLinkOutlivesNewWords();
    void hintTakesWordsLiterally();
    void flowLayoutWraps();
    void pillNamesItself();
    void sparklineDrawsGapsAndConstants();
    void iconButtonSaysItsShortcut();
    void buttonsGrowWithIconKeysAndMenu();
    void tabOrderRingOnlyByKeyboard();
    void statusBarIsPolishedWhileItLaysItselfOut();
    void whatAComboBoxHasNoRoomForIsDots();
    void aComboBoxHasRoomForItsWords();
    void questionsHaveSignsOfOurs();
    void theButtonThatEnterPressesIsMarked();
};

// Each character as typed: “>=” is drawn as “>” and “=” are one by one.
void TestSmallWidgets::codeHasNoLigatures() {
    const QFont font = Theme::of().font(TextStyle::Code);
    const auto drawn = [&](bool together) {
        QImage image(60, 24, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setFont(font);
        painter.setPen(Qt::black);
        if (together) {
            painter.drawText(QPointF(4, 18), QStringLiteral(">="));
        } else {
            painter.drawText(QPointF(4, 18), QStringLiteral(">"));
            const double wide = QFontMetricsF(font).horizontalAdvance(QLatin1Char('>'));
            painter.drawText(QPointF(4 + wide, 18), QStringLiteral("="));
        }
        return image;
    };
    QImage nothing = drawn(true);
    nothing.fill(Qt::white);
    QVERIFY(drawn(true) != nothing);
    QCOMPARE(drawn(true), drawn(false));
}

void TestSmallWidgets::gapsInATrendAreBridged() {
    const std::vector<std::optional<double>> values{{}, 2.0, {}, {}, 5.0};
    const std::vector<double> filled = bridged(values);
    QVERIFY(std::isnan(filled[0]));
    QCOMPARE(std::vector<double>(filled.begin() + 1, filled.end()), (std::vector<double>{2, 2, 2, 5}));
}

void TestSmallWidgets::chipIsRemovedByMouseAndKey() {
    Chip chip(QStringLiteral("core"));
    QSignalSpy removed(&chip, &Chip::removeRequested);
    chip.show();
    QTest::keyClick(&chip, Qt::Key_Delete);
    QCOMPARE(removed.size(), 0);  // a chip that only shows something
    QCOMPARE(chip.focusPolicy(), Qt::NoFocus);
    chip.setRemovable(true);
    QTest::keyClick(&chip, Qt::Key_Delete);
    QTest::keyClick(&chip, Qt::Key_Backspace);
    auto* cross = chip.findChild<IconButton*>();
    QTest::mouseClick(cross, Qt::LeftButton);
    QCOMPARE(removed.size(), 3);
    QCOMPARE(cross->accessibleName(), QStringLiteral("Remove core"));
    QCOMPARE(chip.height(), metrics::kSmallButtonHeight);
}

void TestSmallWidgets::segmentsByKeyboard() {
    SegmentedControl control;
    control.setSegments({QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("C")});
    QSignalSpy chosen(&control, &SegmentedControl::chosen);
    control.show();
    control.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&control, 30'000));
    control.findChildren<QPushButton*>().constFirst()->setFocus();
    QTest::keyClick(control.focusWidget(), Qt::Key_Right);
    QCOMPARE(control.currentIndex(), 1);
    QTest::keyClick(control.focusWidget(), Qt::Key_Right);
    QTest::keyClick(control.focusWidget(), Qt::Key_Right);
    QCOMPARE(control.currentIndex(), 2);
    QTest::keyClick(control.focusWidget(), Qt::Key_Left);
    QCOMPARE(control.currentIndex(), 1);
    QCOMPARE(chosen.size(), 3);
}

void TestSmallWidgets::segmentsEmitOnlyForTheUser() {
    SegmentedControl control;
    QSignalSpy chosen(&control, &SegmentedControl::chosen);
    control.setSegments({QStringLiteral("A"), QStringLiteral("B")});
    control.setCurrentIndex(1);
    QCOMPARE(control.currentIndex(), 1);
    QCOMPARE(chosen.size(), 0);
    control.setCurrentIndex(7);
    QCOMPARE(control.currentIndex(), 1);
    control.setSegments({QStringLiteral("only")});
    QCOMPARE(control.count(), 1);
    QCOMPARE(control.currentIndex(), 0);
}

void TestSmallWidgets::aLongSegmentHasRoomForItsWords() {
    SegmentedControl control;
    control.setSegments({QStringLiteral("All"), QStringLiteral("Warnings and more"), QStringLiteral("No")},
                        false);
    control.resize(control.sizeHint());
    control.show();
    QVERIFY(QTest::qWaitForWindowExposed(&control, 30'000));
    for (const QPushButton* each : control.findChildren<QPushButton*>())
        QVERIFY2(each->width() >= each->sizeHint().width(), qPrintable(each->text()));
}

void TestSmallWidgets::sectionOpensAndCloses() {
    CollapsibleSection section(QStringLiteral("Sources"));
    auto* inside = new QLabel(QStringLiteral("inside"));
    section.body()->addWidget(inside);
    section.show();
    auto* head = section.findChild<QAbstractButton*>();
    QCOMPARE(QAccessible::queryAccessibleInterface(head)->text(QAccessible::Name), QStringLiteral("Sources"));
    QVERIFY(inside->isVisible());
    QTest::keyClick(head, Qt::Key_Left);
    QVERIFY(!inside->isVisible());
    QTest::keyClick(head, Qt::Key_Left);
    QVERIFY(!section.isOpen());
    QTest::keyClick(head, Qt::Key_Right);
    QVERIFY(inside->isVisible());
    QTest::mouseClick(head, Qt::LeftButton);
    QVERIFY(!section.isOpen());
}

void TestSmallWidgets::searchFieldEscape() {
    SearchField field(QStringLiteral("Search nodes"), QStringLiteral("/"));
    QSignalSpy left(&field, &SearchField::left);
    field.show();
    QCOMPARE(field.accessibleName(), QStringLiteral("Search nodes"));
    auto* clear = field.findChild<IconButton*>();
    QVERIFY(!clear->isVisible());
    QTest::keyClicks(&field, QStringLiteral("wind"));
    QVERIFY(clear->isVisible());
    QTest::keyClick(&field, Qt::Key_Escape);
    QVERIFY(field.text().isEmpty());
    QCOMPARE(left.size(), 0);
    QTest::keyClick(&field, Qt::Key_Escape);
    QCOMPARE(left.size(), 1);
    field.setText(QStringLiteral("again"));
    QTest::mouseClick(clear, Qt::LeftButton);
    QVERIFY(field.text().isEmpty());
}

void TestSmallWidgets::elidedLabelKeepsTheWholeText() {
    const QString path = QStringLiteral("/home/somebody/pipelines/plant-2/sensor-alerts.rill");
    ElidedLabel label(path);
    QVERIFY(label.minimumSizeHint().width() < label.sizeHint().width() / 4);
    label.resize(label.sizeHint());
    const QImage whole = label.grab().toImage();
    label.resize(100, label.height());
    QCOMPARE(label.text(), path);
    // Both ends stay: the first letters are drawn as they were.
    const QImage cut = label.grab().toImage();
    QCOMPARE(cut.copy(0, 0, 20, cut.height()), whole.copy(0, 0, 20, cut.height()));
    QVERIFY(cut.copy(70, 0, 30, cut.height()) != whole.copy(70, 0, 30, cut.height()));
}

void TestSmallWidgets::hintActions() {
    HintBox hint;
    hint.set(HintBox::Kind::Warn, QStringLiteral("Shorter than the delays seen"), QStringLiteral("41 rows"),
             {QStringLiteral("Set to 7 s"), QStringLiteral("Show the rows")});
    // A click often sets the box again; the clicked link must live until the click is over.
    QList<int> chosen;
    connect(&hint, &HintBox::actionTriggered, &hint, [&](int index) {
        chosen << index;
        hint.set(HintBox::Kind::Error, QStringLiteral("Other"), {}, {QStringLiteral("Undo it")});
    });
    hint.show();
    QTest::mouseClick(hint.findChildren<QPushButton*>().at(1), Qt::LeftButton);
    QCOMPARE(chosen, QList<int>{1});
    QCOMPARE(hint.kind(), HintBox::Kind::Error);
    QCOMPARE(hint.accessibleName(), QStringLiteral("Other"));
    QTRY_COMPARE(hint.findChildren<QPushButton*>().size(), 1);
}

// While a run goes on the words change each second: a click takes longer than the moment in which they do.
void TestSmallWidgets::aPressedLinkOutlivesNewWords() {
    const QStringList links{QStringLiteral("Set to 7 s"), QStringLiteral("Show the rows")};
    HintBox hint;
    hint.set(HintBox::Kind::Warn, QStringLiteral("41 late rows"), {}, links);
    hint.show();
    QVERIFY(QTest::qWaitForWindowActive(&hint, 30'000));
    QSignalSpy chosen(&hint, &HintBox::actionTriggered);
    QSignalSpy ended(&hint, &HintBox::pressEnded);
    const QPointer<QPushButton> link = hint.findChildren<QPushButton*>().at(1);
    QTest::mousePress(link, Qt::LeftButton);
    link->setFocus();
    QVERIFY(hint.isPressed());
    hint.set(HintBox::Kind::Warn, QStringLiteral("42 late rows"), {}, links);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(link);
    QVERIFY(link->hasFocus());
    QTest::mouseRelease(link, Qt::LeftButton);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.front().front().toInt(), 1);
    QTRY_COMPARE(ended.size(), 1);
    QVERIFY(!hint.isPressed());
    QCOMPARE(hint.accessibleName(), QStringLiteral("42 late rows"));
}

void TestSmallWidgets::hintTakesWordsLiterally() {
    HintBox hint;
    hint.set(HintBox::Kind::Info, QStringLiteral("<b>a</b>"), QStringLiteral("1 < 2 & <img src='x'>"));
    hint.resize(400, hint.sizeHint().height());
    int titles = 0;
    for (const QLabel* label : hint.findChildren<QLabel*>()) {
        QVERIFY(!label->text().contains(QLatin1String("<img")));
        if (!label->text().contains(QLatin1String("<b>"))) continue;
        QCOMPARE(label->textFormat(), Qt::PlainText);
        ++titles;
    }
    QCOMPARE(titles, 1);
}

void TestSmallWidgets::flowLayoutWraps() {
    QWidget page;
    auto* flow = new FlowLayout(&page, 6);
    for (int i = 0; i < 4; ++i) {
        auto* box = new QWidget;
        box->setFixedSize(90, 24);
        flow->addWidget(box);
    }
    page.resize(200, 100);
    flow->setGeometry(page.rect());
    QCOMPARE(flow->itemAt(1)->geometry().topLeft(), QPoint(96, 0));
    QCOMPARE(flow->itemAt(2)->geometry().topLeft(), QPoint(0, 30));
    QCOMPARE(flow->heightForWidth(200), 54);
    QCOMPARE(flow->heightForWidth(1000), 24);
    delete flow->takeAt(0);
    QCOMPARE(flow->count(), 3);
    QVERIFY(!flow->takeAt(9));
}

void TestSmallWidgets::pillNamesItself() {
    Pill pill;
    pill.set(Pill::State::Idle, QStringLiteral("Stopped"));
    const int idle = pill.sizeHint().width();
    pill.set(Pill::State::Ok, QStringLiteral("Running"), QStringLiteral("12.4 k rows/s"));
    QCOMPARE(pill.accessibleName(), QStringLiteral("Running, 12.4 k rows/s"));
    QVERIFY(pill.sizeHint().width() > idle);
    // Another state looks different by more than its colour: with the same ink the signs differ.
    pill.resize(pill.sizeHint());
    const auto signOf = [&pill](Pill::State state) {
        pill.set(state, QStringLiteral("x"));
        const QImage image =
            pill.grab().toImage().copy(8, 4, 16, 20).convertToFormat(QImage::Format_Grayscale8);
        return image;
    };
    QVERIFY(signOf(Pill::State::Paused) != signOf(Pill::State::Warn));
}

void TestSmallWidgets::sparklineDrawsGapsAndConstants() {
    const auto inkPerColumn = [](std::vector<double> values, double noise = 0) {
        QImage image(60, 20, QImage::Format_ARGB32);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paintSparkline(painter, QRectF(image.rect()), values, Qt::red, 0, noise);
        painter.end();
        std::vector<int> ink(60, 0);
        for (int x = 0; x < 60; ++x)
            for (int y = 0; y < 20; ++y)
                ink[static_cast<std::size_t>(x)] += image.pixelColor(x, y).alpha() > 0;
        return ink;
    };
    const double none = std::numeric_limits<double>::quiet_NaN();
    const auto gap = inkPerColumn({1, 2, none, none, 2, 1});
    QVERIFY(gap[5] > 0);
    QCOMPARE(gap[30], 0);
    QVERIFY(gap[55] > 0);
    const auto level = inkPerColumn({3, 3, 3});
    QVERIFY(level[0] > 0 && level[30] == level[45]);
    QVERIFY(level[30] < inkPerColumn({3, 4, 3})[45] / 2);  // a line without a filled area
    QVERIFY(inkPerColumn({3, 4, 3}, 1)[45] < inkPerColumn({3, 4, 3})[45]);
    QVERIFY(inkPerColumn({})[30] > 0);
    QVERIFY(inkPerColumn({none, none})[30] > 0);
}

void TestSmallWidgets::iconButtonSaysItsShortcut() {
    IconButton button(QStringLiteral("undo"), QStringLiteral("Undo"));
    QCOMPARE(button.accessibleName(), QStringLiteral("Undo"));
    QCOMPARE(button.toolTip(), QStringLiteral("Undo"));
    button.setShortcut(QKeySequence(QStringLiteral("Ctrl+Z")));
    button.setLabel(QStringLiteral("Undo"));
    QCOMPARE(button.toolTip(), QStringLiteral("Undo (Ctrl+Z)"));
    QVERIFY(button.sizeHint().width() >= metrics::kMinimumTarget);
}

void TestSmallWidgets::buttonsGrowWithIconKeysAndMenu() {
    QPushButton button(QStringLiteral("Open"));
    const int bare = button.sizeHint().width();
    button.setIcon(Theme::of().icon(u"folder-open"));
    const int withIcon = button.sizeHint().width();
    QVERIFY(withIcon > bare + metrics::kIcon);
    button.setProperty("keys", QStringLiteral("Ctrl O"));
    Theme::repolish(&button);
    const int withKeys = button.sizeHint().width();
    QVERIFY(withKeys > withIcon + 30);
    QMenu menu;
    button.setMenu(&menu);
    QVERIFY(button.sizeHint().width() > withKeys);
    QPushButton lone;
    lone.setIcon(Theme::of().icon(u"more"));
    QCOMPARE(lone.sizeHint(), QSize(metrics::kControlHeight, metrics::kControlHeight));
}

void TestSmallWidgets::tabOrderRingOnlyByKeyboard() {
    QWidget page;
    auto* row = new QHBoxLayout(&page);
    auto* first = new QPushButton(QStringLiteral("First"));
    auto* second = new QPushButton(QStringLiteral("Second"));
    row->addWidget(first);
    row->addWidget(second);
    page.show();
    page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&page, 30'000));
    const auto edge = [&](const QWidget* widget) {
        return page.grab().toImage().pixelColor(widget->mapTo(&page, QPoint(widget->width() / 2, 1)));
    };
    QTest::mouseClick(first, Qt::LeftButton);
    QVERIFY(first->hasFocus());
    QVERIFY(edge(first) != Theme::of().tokens().accent);
    QTest::keyClick(first, Qt::Key_Tab);
    QVERIFY(second->hasFocus());
    QCOMPARE(edge(second), Theme::of().tokens().accent);
}

// Switching the grip lays the bar out again, which polishes it: a style that touched the layout then would
// crash.
void TestSmallWidgets::statusBarIsPolishedWhileItLaysItselfOut() {
    QStatusBar bar;
    bar.addWidget(new QLabel(QStringLiteral("Embedded engine")));
    bar.setSizeGripEnabled(false);
    bar.addPermanentWidget(new QPushButton(QStringLiteral("100 %")));
    bar.show();
    QVERIFY(QTest::qWaitForWindowExposed(&bar, 30'000));
    QCOMPARE(bar.contentsMargins().left(), metrics::kListPadding);
}

void TestSmallWidgets::whatAComboBoxHasNoRoomForIsDots() {
    const QString words = QStringLiteral("Flink on this computer");
    const auto drawn = [](const QString& text) {
        QComboBox combo;
        combo.addItem(text);
        combo.setMinimumWidth(40);
        combo.resize(120, metrics::kControlHeight);
        return combo.grab().toImage();
    };
    const QImage cut = drawn(words);
    QString shortest;  // that looks the same: Qt alone would cut it, too
    for (qsizetype letters = words.size() - 1; letters > 0; --letters) {
        const QString dotted = words.left(letters) + QChar(0x2026);
        if (drawn(dotted) == cut) shortest = dotted;
    }
    QVERIFY(shortest.size() > 3);
    const int room = 120 - 2 * metrics::kGrid - metrics::kIconSmall;
    QVERIFY2(QFontMetrics(QComboBox().font()).horizontalAdvance(shortest) < room, qPrintable(shortest));
}

// Also where their width is a part of a pixel more than a whole number.
void TestSmallWidgets::aComboBoxHasRoomForItsWords() {
    for (const char* words :
         {"Versandt am", "Shipped at", "Embedded", "TIMESTAMP(3)", "Send to port", "id"}) {
        QComboBox combo;
        combo.setSizeAdjustPolicy(QComboBox::AdjustToContents);
        combo.addItem(QLatin1String(words));
        const QSize asked = combo.sizeHint();
        const QRect left(0, 0, asked.width() - 28, asked.height());  // of the chevron
        combo.resize(asked);
        const QImage fitting = combo.grab(left).toImage();
        combo.resize(asked.width() + 40, asked.height());
        QVERIFY2(combo.grab(left).toImage() == fitting, words);
    }
}

void TestSmallWidgets::questionsHaveSignsOfOurs() {
    const Tokens& tokens = Theme::of().tokens();
    const auto has = [](QMessageBox::Icon icon, const QColor& color) {
        QMessageBox box(icon, QString(), QStringLiteral("Which?"));
        const QImage image = box.iconPixmap().toImage();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y) == color) return true;
            }
        }
        return false;
    };
    QVERIFY(has(QMessageBox::Question, tokens.accent));
    QVERIFY(has(QMessageBox::Warning, tokens.warn.text));
    QVERIFY(!has(QMessageBox::Question, tokens.warn.text));
}

// Of two plain ones nobody could tell which it would be.
void TestSmallWidgets::theButtonThatEnterPressesIsMarked() {
    QMessageBox box(QMessageBox::Question, QStringLiteral("A run is going on"), QStringLiteral("Stop it?"));
    const QPushButton* stop = box.addButton(QStringLiteral("Stop the run"), QMessageBox::DestructiveRole);
    QPushButton* keep = box.addButton(QStringLiteral("Keep the run"), QMessageBox::RejectRole);
    box.setDefaultButton(keep);
    box.show();
    const QRgb accent = Theme::of().tokens().accent.rgb();
    const auto edge = [&box](const QPushButton& button) {
        const QRect left(button.mapTo(&box, QPoint(0, button.height() / 2)), QSize(1, 1));
        return box.grab(left).toImage().pixel(0, 0);
    };
    QCOMPARE(edge(*keep), accent);
    QVERIFY(edge(*stop) != accent);
}

QTEST_MAIN(TestSmallWidgets)
#include "test_small_widgets.moc"
