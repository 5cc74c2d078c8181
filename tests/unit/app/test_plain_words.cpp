// A stranger's file with markup, control characters and very long words in everything that has a name.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/pipeline/json/json.h"
#include "core/pipeline/limits.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/document/editing/node_appearance.h"

using namespace rw;
using namespace rw::ui;

class TestPlainWords : public QObject {
    Q_OBJECT

    static constexpr const char* kMarkup = "<img src='/dev/null'><h1>R&D [*]\n\x07\u202E";

    /// A pipeline with a node of every kind, each with such a title, its wires, a note and cards.
    static QString hostileFile(const QTemporaryDir& folder, const Catalogue& catalogue) {
        Pipeline pipeline;
        pipeline.name = kMarkup;
        const auto add = [&](const std::string& type, int place) {
            Node node;
            node.id = type;
            node.type = type;
            node.title = kMarkup + type + std::string(kMaxTitle - charactersOf(kMarkup) - type.size(), 'x');
            node.at = {place % 6 * 260.0, place / 6 * 220.0};
            pipeline.nodes.push_back(node);
        };
        int place = 0;
        for (const NodeKind& kind : catalogue.kinds()) add(std::string(kind.type), place++);
        add("of_a_newer_version", place);
        pipeline.find("filter")->params["condition"] = "lod > 1 OR '" + std::string(2'000, 'y') + "' = ''";
        pipeline.wires.push_back({{"generator", "out"}, {"filter", "in"}});
        pipeline.wires.push_back({{"filter", "out"}, {"line_chart", "in"}});
        pipeline.cards.push_back({"line_chart"});
        pipeline.notes.push_back({kMarkup + std::string(kMaxNote - 100, 'n'), {-300, 0}, {240, 80}});
        const QString path = folder.filePath(QStringLiteral("<b>R&D [*].rill"));
        return savePipelineFile(pipeline, path.toStdString()).ok() ? path : QString();
    }

    static QStringList richLabels() {
        QStringList wrong;
        for (const QWidget* top : QApplication::topLevelWidgets()) {
            for (const QLabel* label : top->findChildren<QLabel*>()) {
                const bool markup = label->text().contains(QLatin1String("<img"));
                if (label->textFormat() == Qt::PlainText) continue;
                if (label->textFormat() == Qt::RichText && !markup) continue;
                wrong << QStringLiteral("%1 in %2: %3")
                             .arg(QLatin1String(label->metaObject()->className()),
                                  QLatin1String(label->parentWidget()->metaObject()->className()),
                                  label->text().left(80));
            }
        }
        return wrong;
    }

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void noLabelReadsThem() {
        QTemporaryDir folder;
        WindowFixture fixture;
        const QString path = hostileFile(folder, fixture.catalogue);
        QVERIFY(!path.isEmpty());
        fixture.window->openAtStart(path, false);
        QVERIFY(!fixture.document().pipeline().nodes.empty());
        QTRY_VERIFY(fixture.document().isValidated());
        for (auto* bar : fixture.window->findChildren<QTabBar*>()) {
            if (bar->accessibleName() != QLatin1String("Views")) continue;
            for (int page = 0; page < bar->count(); ++page) {
                bar->setCurrentIndex(page);
                QCoreApplication::processEvents();
                const QStringList wrong = richLabels();
                QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
            }
        }
        for (const Node& node : fixture.document().pipeline().nodes) {
            fixture.document().selection().set({node.id});
            QCoreApplication::processEvents();
            const QStringList wrong = richLabels();
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        }
        QVERIFY(fixture.window->windowTitle().contains(QLatin1String("[*][*]")));
    }

    void theWindowKeepsItsSize() {
        QTemporaryDir folder;
        WindowFixture fixture;
        fixture.window->resize(1280, 800);
        const int before = fixture.window->minimumSizeHint().width();
        fixture.window->openAtStart(hostileFile(folder, fixture.catalogue), false);
        QTRY_VERIFY(fixture.document().isValidated());
        for (const Node& node : fixture.document().pipeline().nodes) {
            fixture.document().selection().set({node.id});
            QCoreApplication::processEvents();
        }
        QCOMPARE(fixture.window->width(), 1280);
        QVERIFY2(fixture.window->minimumSizeHint().width() <= std::max(before, 1280),
                 qPrintable(QString::number(fixture.window->minimumSizeHint().width())));
    }

    void titlesAreOneLine() {
        Node node;
        node.id = "a";
        node.title = kMarkup;
        QCOMPARE(titleOf(node), QStringLiteral("<img src='/dev/null'><h1>R&D [*] \uFFFD"));
    }

    void aCopyKeepsTheLimit() {
        QTemporaryDir folder;
        WindowFixture fixture;
        fixture.window->openAtStart(hostileFile(folder, fixture.catalogue), false);
        fixture.document().duplicate({"filter"});
        fixture.document().setTitle("rows", QString(5'000, u'z'));
        for (const Node& node : fixture.document().pipeline().nodes)
            QVERIFY(charactersOf(node.title) <= kMaxTitle);
        const std::string saved = savePipeline(fixture.document().pipeline());
        QVERIFY(loadPipeline(saved).ok());
    }
};

QTEST_MAIN(TestPlainWords)
#include "test_plain_words.moc"
