// A node type is whole: its file, its line in nodes.def and its help page in both languages.
#include <QtTest/QtTest>

#include "tests/house/checkout.h"

using namespace rw::house;

namespace {

/// All first captures of the pattern in these files.
QStringList captures(const std::vector<SourceFile>& files, const QString& pattern) {
    QStringList found;
    const QRegularExpression expression(pattern);
    for (const SourceFile& file : files)
        for (const QString& line : file.lines)
            if (const auto match = expression.match(line); match.hasMatch()) found << match.captured(1);
    found.sort();
    return found;
}

QStringList registered() {
    return captures(filesBelow({QStringLiteral("core/nodes")}, {QStringLiteral("nodes.def")}),
                    QStringLiteral("^RW_NODE\\((\\w+)\\)"));
}

QStringList helpPages(const QString& language) {
    const QDir folder(QDir(top()).filePath(QStringLiteral("resources/help/%1/nodes").arg(language)));
    QStringList pages;
    for (const QFileInfo& page : folder.entryInfoList({QStringLiteral("*.md")}, QDir::Files))
        pages << page.completeBaseName();
    pages.sort();
    return pages;
}

}  // namespace

class TestNodes : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void thereAreNodes() { QVERIFY(!registered().isEmpty()); }

    void everyNodeTypeIsRegisteredOnce() {
        const QStringList written =
            captures(filesBelow({QStringLiteral("core/nodes")}, {QStringLiteral(".cpp")}),
                     QStringLiteral("^NodeKind (\\w+)Kind\\(\\) \\{"));
        QCOMPARE(written, registered());
    }

    void everyNodeHasItsOwnFile() {
        for (const QString& type : registered())
            QVERIFY2(QFileInfo::exists(QDir(top()).filePath(QStringLiteral("core/nodes/%1.cpp").arg(type))),
                     qPrintable(type));
    }

    void everyNodeHasHelp_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en");
        QTest::newRow("Chinese") << QStringLiteral("zh_CN");
    }

    /// Nodes without a page and pages without a node both show in the comparison.
    void everyNodeHasHelp() {
        QFETCH(QString, language);
        QCOMPARE(helpPages(language), registered());
        const QString folder = QStringLiteral("resources/help/%1/nodes").arg(language);
        for (const SourceFile& page : filesBelow({folder}, {QStringLiteral(".md")})) {
            QVERIFY2(page.lines.value(0).startsWith(QLatin1String("# ")),
                     qPrintable(page.path + QLatin1String(" needs a title")));
            QVERIFY2(page.lines.size() > 5, qPrintable(page.path + QLatin1String(" says next to nothing")));
        }
    }
};

QTEST_APPLESS_MAIN(TestNodes)
#include "test_nodes.moc"
