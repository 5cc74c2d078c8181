// The look is made in widgets/theme and nowhere else.
#include <QtTest/QtTest>

#include "tests/house/checkout.h"
#include "tests/house/style_rules.h"

using namespace rw::house;

class TestStyle : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void onlyTheThemeWritesTheLook() {
        QStringList breaches;
        int themeWrites = 0;
        for (const SourceFile& file : filesBelow({QStringLiteral("app"), QStringLiteral("widgets")},
                                                 {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
            const bool theme = room(file.path) == QLatin1String("widgets/theme");
            for (qsizetype i = 0; i < file.lines.size(); ++i) {
                const QString own = writesItsOwnLook(file.lines[i]);
                if (own.isEmpty()) continue;
                if (theme) {
                    ++themeWrites;
                } else {
                    breaches << at(file.path, i + 1, own);
                }
            }
        }
        QVERIFY2(breaches.isEmpty(), qPrintable(breaches.join(QLatin1Char('\n'))));
        QVERIFY2(themeWrites > 10, "the patterns find too little to be right");
    }

    void whatIsALookIsRecognised_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<bool>("own");
        const auto row = [](const char* line, bool own) {
            QTest::newRow(line) << QString::fromUtf8(line) << own;
        };
        row("pen.setColor(\"#2a7\");", true);
        row("auto s = QStringLiteral(\"color: #12ab34\")", true);
        row("QColor(12, 13, 14)", true);
        row("QColor(\"red\")", true);
        row("painter.setPen(Qt::darkRed);", true);
        row("return color.lighter(120);", true);
        row("fill.setAlphaF(0.25F);", true);
        row("painter.setOpacity(0.6 * painter.opacity());", true);
        row("mixed(tokens.panel, tokens.bg, 0.6)", true);
        row("font.setPixelSize(11);", true);
        row("strong.setWeight(QFont::Medium);", true);
        row("QFont font(\"Inter\");", true);
        row("painter.setFont(QFont(\"Inter\", 12));", true);
        row("m_words->setStyleSheet(sheet);", true);
        row("QPalette colours = palette();", true);
        row("painter.drawRoundedRect(box, 4, 4);", true);
        row("layout->setContentsMargins(12, 8, 12, 8);", true);
        row("row->setSpacing(24);", true);
        row("painter.setPen(theme.tokens().accent);", false);
        row("painter.setBrush(Qt::transparent);", false);
        row("tr(\"Row #%1\")", false);
        row("painter.setOpacity(opacityOf(Shade::Off));", false);
        row("painter.setOpacity(1);", false);
        row("painter.setFont(theme.font(TextStyle::Body));", false);
        row("font.setUnderline(hovered);", false);
        row("painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), metrics::kBarRadius, metrics::kBarRadius);",
            false);
        row("column->setContentsMargins(1, 0, 1, 1);", false);
        row("row->setContentsMargins(metrics::kPanelPadding, 2, metrics::kPanelPadding, 2);", false);
        row("row->setSpacing(metrics::kGrid);", false);
        row("// QColor(1, 2, 3) stands in the theme only", false);
    }

    void whatIsALookIsRecognised() {
        QFETCH(QString, line);
        QTEST(!writesItsOwnLook(line).isEmpty(), "own");
    }
};

QTEST_APPLESS_MAIN(TestStyle)
#include "test_style.moc"
