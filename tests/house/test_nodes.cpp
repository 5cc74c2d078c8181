// A node type is whole: its file, its line in nodes.def and its help page in both languages. No other code
// goes by its name.
#include <QDirIterator>
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

/// Words that are nothing but a kind's name.
QStringList properNames() {
    QStringList names = registered().filter(QStringLiteral("_"));
    names.removeOne(QStringLiteral("event_time"));  // a parameter, too
    return names;
}

/// The name of a kind that this line goes by: a proper name, or any that is compared with or given to a type.
/// Contexts of translations are called after kinds, too.
QString kindNamedIn(const QString& line) {
    static const QString names = registered().join(u'|'), own = properNames().join(u'|');
    static const QRegularExpression context(QStringLiteral("\\bRW_TEXT\\(\"\\w+\"|//.*"));
    static const QRegularExpression literal(
        QStringLiteral("\"(%1)\"|(?:[tT]ype\\b[^;\"]{0,20}|find\\(|freeId\\()\"(%2)\"").arg(own, names));
    const auto found = literal.match(QString(line).remove(context));
    return found.captured(1) + found.captured(2);
}

}  // namespace

class TestNodes : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void differencesHaveNames() {
        const QStringList one{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("b")};
        const QStringList other{QStringLiteral("b"), QStringLiteral("c")};
        const auto told = [](const QStringList& a, const QStringList& b) {
            return difference(a, QStringLiteral("here"), b, QStringLiteral("there"), QStringLiteral("Fix."));
        };
        QCOMPARE(told(one, other), QStringLiteral("only here: a\nonly here: b\nonly there: c\nFix."));
        QCOMPARE(told(one, one), QString());
    }

    void thereAreNodes() { QVERIFY(!registered().isEmpty()); }

    void everyNodeTypeIsRegisteredOnce() {
        const QStringList written =
            captures(filesBelow({QStringLiteral("core/nodes")}, {QStringLiteral(".cpp")}),
                     QStringLiteral("^NodeKind (\\w+)Kind\\(\\) \\{"));
        const QString wrong = difference(
            written, QStringLiteral("in a file of core/nodes"), registered(), QStringLiteral("in nodes.def"),
            QStringLiteral("Every file of a node defines NodeKind TYPEKind() and has RW_NODE(TYPE) in "
                           "core/nodes/nodes.def."));
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void everyNodeHasItsOwnFile() {
        for (const QString& type : registered()) {
            const QString file = type + QStringLiteral(".cpp");
            QDirIterator found(QDir(top()).filePath(QStringLiteral("core/nodes")), {file}, QDir::Files,
                               QDirIterator::Subdirectories);
            QVERIFY2(
                found.hasNext(),
                qPrintable(QStringLiteral("nodes.def has %1: put it into %2 in core/nodes or a part of it")
                               .arg(type, file)));
        }
    }

    /// Of charts it is that of their views.
    void everyNodeHasATest() {
        QString tests;
        for (const SourceFile& file :
             filesBelow({QStringLiteral("tests/unit")}, {QStringLiteral(".cpp"), QStringLiteral(".h")}))
            tests += file.lines.join(u'\n');
        for (const QString& type : registered()) {
            if (QFileInfo::exists(QStringLiteral("%1/core/nodes/charts/%2.cpp").arg(top(), type))) continue;
            const bool named = tests.contains(QStringLiteral("\"%1\"").arg(type)) ||
                               tests.contains(type + QStringLiteral("Kind()"));
            QVERIFY2(named, qPrintable(QStringLiteral("no test names the node type %1: write "
                                                      "tests/unit/nodes/test_%1.cpp")
                                           .arg(type)));
        }
        for (const SourceFile& view :
             filesBelow({QStringLiteral("core/views")}, {QStringLiteral("_view.h")})) {
            const QString test =
                QStringLiteral("tests/unit/views/test_%1.cpp").arg(QFileInfo(view.path).baseName());
            QVERIFY2(QFileInfo::exists(QStringLiteral("%1/%2").arg(top(), test)),
                     qPrintable(QStringLiteral("%1 has no test: write %2").arg(view.path, test)));
        }
    }

    void nobodyElseGoesByTheirNames() {
        QStringList breaches;
        for (const SourceFile& file :
             filesBelow({QStringLiteral("app"), QStringLiteral("core"), QStringLiteral("widgets")},
                        {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
            // Tables of each type's form on other engines, and of its state, go by the types.
            const QString room = file.path.section(QLatin1Char('/'), 0, 1);
            static const QStringList kByType{QStringLiteral("core/nodes"), QStringLiteral("core/deploy"),
                                             QStringLiteral("core/cluster"), QStringLiteral("core/forecast"),
                                             QStringLiteral("core/compare")};
            if (kByType.contains(room)) continue;
            for (qsizetype i = 0; i < file.lines.size(); ++i) {
                const QString kind = kindNamedIn(file.lines[i]);
                if (!kind.isEmpty()) breaches << at(file.path, i + 1, kind);
            }
        }
        breaches.removeDuplicates();
        QVERIFY2(breaches.isEmpty(),
                 qPrintable(breaches.join(QLatin1Char('\n')) +
                            QLatin1String("\nA kind that is meant is told by a fact of its declaration "
                                          "(core/pipeline/node_kind.h), so that the next one counts, too.")));
    }

    void aNameOfAKindIsRecognised_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("kind");
        QTest::newRow("compared") << "if (node.type == \"rows\")"
                                  << "rows";
        QTest::newRow("given") << "node.type = \"filter\";"
                               << "filter";
        QTest::newRow("a constant") << "constexpr char kType[] = \"csv_source\";"
                                    << "csv_source";
        QTest::newRow("looked up") << "catalogue.find(\"union\")"
                                   << "union";
        QTest::newRow("anywhere") << "return name == \"sqlite_sink\";"
                                  << "sqlite_sink";
        QTest::newRow("a wide literal") << "theme.icon(u\"number_card\")"
                                        << "number_card";
        QTest::newRow("a word") << "out.u64(\"rows\", m_totals.rows);"
                                << "";
        QTest::newRow("a parameter") << "fix.param = \"event_time\";"
                                     << "";
        QTest::newRow("a context") << "RW_TEXT(\"csv_source\", \"Reads files\")"
                                   << "";
        QTest::newRow("a comment") << "/// A free id: \"csv_source\""
                                   << "";
    }

    void aNameOfAKindIsRecognised() {
        QFETCH(QString, line);
        QTEST(kindNamedIn(line), "kind");
    }

    void everyNodeHasHelp_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en");
        QTest::newRow("Chinese") << QStringLiteral("zh_CN");
    }

    void everyNodeHasHelp() {
        QFETCH(QString, language);
        const QString folder = QStringLiteral("resources/help/%1/nodes").arg(language);
        const QString wrong =
            difference(helpPages(language), QStringLiteral("as a page in ") + folder, registered(),
                       QStringLiteral("in nodes.def"),
                       QStringLiteral("Write %1/TYPE.md for each node type, and take pages of others away.")
                           .arg(folder));
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        for (const SourceFile& page : filesBelow({folder}, {QStringLiteral(".md")})) {
            QVERIFY2(page.lines.value(0).startsWith(QLatin1String("# ")),
                     qPrintable(page.path + QLatin1String(" needs a title")));
            QVERIFY2(page.lines.size() > 5, qPrintable(page.path + QLatin1String(" says next to nothing")));
        }
    }
};

QTEST_APPLESS_MAIN(TestNodes)
#include "test_nodes.moc"
