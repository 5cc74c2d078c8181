// The page on delivery guarantees says of every source and sink what the program says: each line of its
// tables is compared with what a node with these settings declares, in both languages.
#include <QtTest/QtTest>
#include <map>
#include <set>

#include "core/nodes/catalogue.h"
#include "core/pipeline/guarantee.h"
#include "tests/unit/nodes/contract/contract_params.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

using Promise = Guarantee::Promise;
using Means = Guarantee::Means;

const Catalogue& catalogue() {
    static const Catalogue all = builtin();
    return all;
}

struct Words {
    std::map<QString, Promise> promises{};
    std::map<QString, Means> means{};
    QString between{};
};

const Words& wordsIn(const QString& language) {
    static const Words kEnglish{{{QStringLiteral("exactly once"), Promise::ExactlyOnce},
                                 {QStringLiteral("at least once"), Promise::AtLeastOnce},
                                 {QStringLiteral("at most once"), Promise::AtMostOnce}},
                                {{QString(), Means::Nothing},
                                 {QStringLiteral("from a position"), Means::Position},
                                 {QStringLiteral("by a journal"), Means::Journal},
                                 {QStringLiteral("by a transaction"), Means::Transaction},
                                 {QStringLiteral("by key"), Means::ByKey},
                                 {QStringLiteral("by rename"), Means::Rename},
                                 {QStringLiteral("by repeating"), Means::Repeats}},
                                QStringLiteral(", ")};
    static const Words kChinese{{{QStringLiteral("精确一次"), Promise::ExactlyOnce},
                                 {QStringLiteral("至少一次"), Promise::AtLeastOnce},
                                 {QStringLiteral("至多一次"), Promise::AtMostOnce}},
                                {{QString(), Means::Nothing},
                                 {QStringLiteral("按位置"), Means::Position},
                                 {QStringLiteral("按日志"), Means::Journal},
                                 {QStringLiteral("按事务"), Means::Transaction},
                                 {QStringLiteral("按键更新"), Means::ByKey},
                                 {QStringLiteral("重命名"), Means::Rename},
                                 {QStringLiteral("重复发送"), Means::Repeats}},
                                QStringLiteral("，")};
    return language == QLatin1String("en") ? kEnglish : kChinese;
}

/// The promise with checkpoints, its means, the promise without.
using Triple = std::tuple<Promise, Means, Promise>;

Triple tripleOf(const Guarantee& guarantee) {
    return {guarantee.promise, guarantee.means, inRun(guarantee, false).promise};
}

QString shown(const Triple& triple) {
    return QStringLiteral("%1 by %2, without checkpoints %3")
        .arg(QLatin1String(nameOf(std::get<0>(triple))), QLatin1String(nameOf(std::get<1>(triple))),
             QLatin1String(nameOf(std::get<2>(triple))));
}

struct Line {
    std::string type{};
    QString setting{};
    Json params = Json::object();
    Triple says{};
};

/// The parameters in a cell: all of its code, which is that of the pipeline file.
Json paramsIn(const QString& cell) {
    static const QRegularExpression code(QStringLiteral("`([^`]+)`"));
    QStringList members;
    for (auto each = code.globalMatch(cell); each.hasNext();) members << each.next().captured(1);
    return Json::parse("{" + members.join(QLatin1Char(',')).toStdString() + "}");
}

std::vector<Line> linesOf(const QString& language) {
    QFile page(QStringLiteral(RILLWRIGHT_SOURCE "/resources/help/%1/guarantees.md").arg(language));
    if (!page.open(QIODevice::ReadOnly)) return {};
    static const QRegularExpression row(QStringLiteral(
        "^\\| \\[[^\\]]+\\]\\(nodes/(\\w+)\\.md\\) \\| (.*?) \\| (.*?) \\| (.*?) \\| .+ \\|$"));
    const Words& words = wordsIn(language);
    std::vector<Line> lines;
    for (const QString& text : QString::fromUtf8(page.readAll()).split(QLatin1Char('\n'))) {
        const QRegularExpressionMatch found = row.match(text);
        if (!found.hasMatch()) continue;
        const QString with = found.captured(3);
        const qsizetype comma = with.indexOf(words.between);
        Line line;
        line.type = found.captured(1).toStdString();
        line.setting = found.captured(2);
        line.params = paramsIn(line.setting);
        line.says = {words.promises.at(with.left(comma)),
                     words.means.at(comma < 0 ? QString() : with.mid(comma + words.between.size())),
                     words.promises.at(found.captured(4))};
        lines.push_back(std::move(line));
    }
    return lines;
}

/// Null: no parameters that are plausible go with these.
BoundNodeRef boundWith(const NodeKind& kind, const Json& chosen) {
    std::vector<Json> all{completed(kind, chosen)};
    for (Json each : variants(kind)) {
        each.update(chosen);
        all.push_back(std::move(each));
    }
    for (const Json& params : all) {
        const NodeKind& made = withPorts(kind, params);
        if (BoundNodeRef bound = bindNode(made, params, inputsOf(made, sampleStream())).node) return bound;
    }
    return nullptr;
}

}  // namespace

class TestGuaranteeTable : public QObject {
    Q_OBJECT

    static void languages() {
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << QStringLiteral("en");
        QTest::newRow("zh_CN") << QStringLiteral("zh_CN");
    }

 private Q_SLOTS:
    void everyLineIsTrue_data() { languages(); }
    void everyLineIsTrue() {
        QFETCH(QString, language);
        const std::vector<Line> lines = linesOf(language);
        QVERIFY(lines.size() > 30);
        for (const Line& line : lines) {
            const NodeKind* const kind = catalogue().find(line.type);
            QVERIFY2(kind != nullptr, line.type.c_str());
            // The connection decides there, and no parameter; unit/nodes/sql_sink and its source have that.
            if (line.setting.contains(QLatin1String("MariaDB"))) continue;
            const BoundNodeRef bound = boundWith(*kind, line.params);
            QVERIFY2(bound, (line.type + " " + line.params.dump()).c_str());
            const Triple truth = tripleOf(bound->guarantee);
            QVERIFY2(truth == line.says, qPrintable(QStringLiteral("%1 %2: the page says %3, the program %4")
                                                        .arg(QString::fromStdString(line.type), line.setting,
                                                             shown(line.says), shown(truth))));
        }
    }

    /// A new source, or a setting that changes a promise, has to be on the page.
    void nothingIsLeftOut_data() { languages(); }
    void nothingIsLeftOut() {
        QFETCH(QString, language);
        std::map<std::string, std::set<Triple>> said;
        for (const Line& line : linesOf(language)) said[line.type].insert(line.says);
        std::size_t seen = 0;
        for (const NodeKind& kind : catalogue().kinds()) {
            if (!kind.bind) continue;  // a part of a subflow
            for (const Json& params : variants(kind)) {
                const NodeKind& made = withPorts(kind, params);
                const BoundNodeRef bound = bindNode(made, params, inputsOf(made, sampleStream())).node;
                if (!bound || bound->guarantee.promise == Promise::None) continue;
                ++seen;
                const Triple truth = tripleOf(bound->guarantee);
                QVERIFY2(said[kind.type].contains(truth),
                         qPrintable(QString::fromStdString(kind.type + " " + params.dump() + ": ") +
                                    shown(truth)));
            }
        }
        QVERIFY(seen > 40);
    }
};

QTEST_GUILESS_MAIN(TestGuaranteeTable)
#include "test_guarantee_table.moc"
