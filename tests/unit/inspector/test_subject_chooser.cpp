// A topic is chosen from those of a connection: what the dialog shows while it asks, and what it fills in.
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>
#include <QtTest>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <thread>

#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/inspector/param_form.h"
#include "widgets/inspector/subjects/subject_chooser.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// Topics as the test wants them; held, it does not answer before it is cancelled or let go.
class ScriptedBrowser final : public ConnectionBrowser {
 public:
    Result<ConnectionSubjects> subjects(
        BrowsedConnection& browsed, const std::function<void(const ConnectionSubjects&)>&) const override {
        ++lists;
        while (held && !browsed.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (broken) return Status(ErrorCode::Io, {"test", "Nothing answers."}, {"test", "Start the broker."});
        const std::lock_guard lock(mutex);
        return topics;
    }
    Result<SubjectContent> content(BrowsedConnection&, const std::string& subject) const override {
        ++looks;
        if (subject == "gone")
            return Status(ErrorCode::NotFound, {"test", "It is gone."}, {"test", "Choose another one."});
        SubjectContent found;
        const bool registered = subject == "avro";
        found.messages.emplace_back().value =
            registered ? std::string(4, '\0') + "\x03\x0e" : "{\"id\":1,\"city\":\"Rome\"}";
        return found;
    }

    mutable std::mutex mutex{};
    ConnectionSubjects topics{{"avro", 1, 1, -1}, {"gone", 1, 0, -1}, {"orders", 4, 1300, -1}};
    std::atomic<bool> held{false}, broken{false};
    mutable std::atomic<int> lists{0}, looks{0};
};

}  // namespace

class TestSubjectChooser : public QObject {
    Q_OBJECT

    const Catalogue m_catalogue = builtin();
    std::shared_ptr<ScriptedBrowser> m_browser;
    std::unique_ptr<PipelineDocument> m_document;
    std::unique_ptr<ParamForm> m_form;
    NodeId m_node;

    template <class T>
    T* part(const char* name) const {
        const QList<T*> found = m_form->findChildren<T*>(QLatin1String(name));
        return found.isEmpty() ? nullptr : found.last();
    }
    QDialog* dialog() const {
        for (QDialog* each : m_form->window()->findChildren<QDialog*>()) {
            if (each->isVisible()) return each;
        }
        return nullptr;
    }
    const Json& params() const { return m_document->pipeline().find(m_node)->params; }
    void openFor(const Json& params, const std::string& type = "kafka_source") {
        m_node = m_document->addNode({.type = type, .params = params}, {0, 0});
        m_form->setNode(m_node);
        QTest::mouseClick(part<QPushButton>("choose_topic"), Qt::LeftButton);
    }
    QTableView& list() const { return *part<QTableView>("subjects"); }
    QString said(const char* hint) const {
        const auto* box = part<HintBox>(hint);
        return box != nullptr && box->isVisible() ? box->accessibleName() : QString();
    }
    void choose(const char* name) const {
        QTest::keyClicks(part<SearchField>("search_subjects"), QLatin1String(name));
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void init() {
        m_browser = std::make_shared<ScriptedBrowser>();
        m_document = std::make_unique<PipelineDocument>(m_catalogue);
        const std::vector<Connection> all{
            {"shop", "kafka", {{"address", "broker:9092"}, {"security", "plaintext"}}, {}},
            {"registry", "http", {{"address", "http://127.0.0.1:1"}}, {}}};
        m_document->setConnections(std::make_shared<const Connections>(all, environmentSecret));
        m_form = std::make_unique<ParamForm>(*m_document);
        m_form->setBrowsers({{"kafka", m_browser}});
        m_form->show();
    }
    void cleanup() {
        m_browser->held = false;
        m_form.reset();
        m_document.reset();
    }

    void aChoiceIsOneStep() {
        openFor({{"connection", "shop"}});
        QVERIFY(dialog() != nullptr);
        QTRY_COMPARE(list().model()->rowCount(), 3);
        choose("ord");
        QTRY_VERIFY(part<QTableWidget>("subject_rows")->isVisible());
        QCOMPARE(part<QTableWidget>("subject_rows")->item(0, 1)->text(), QStringLiteral("Rome"));
        QVERIFY(part<QCheckBox>("take_proposal")->isChecked());
        const int steps = m_document->undoStack().count();
        QTest::keyClick(part<SearchField>("search_subjects"), Qt::Key_Return);
        QTRY_VERIFY(dialog() == nullptr);
        QCOMPARE(params()["topic"], Json("orders"));
        QCOMPARE(params()["columns"], Json({"id INT", "city STRING"}));
        QCOMPARE(m_document->undoStack().count(), steps + 1);
        m_document->undoStack().undo();
        QVERIFY(!params().contains("topic") && !params().contains("columns"));
    }

    void columnsWrittenByHandStay() {
        openFor({{"connection", "shop"}, {"topic", "orders"}, {"columns", {"mine STRING"}}});
        QTRY_VERIFY(part<QCheckBox>("take_proposal")->isVisible());  // the topic in the field is chosen
        QVERIFY(!part<QCheckBox>("take_proposal")->isChecked());
        QTest::mouseClick(part<QPushButton>("choose_subject"), Qt::LeftButton);
        QTRY_VERIFY(dialog() == nullptr);
        QCOMPARE(params()["columns"], Json({"mine STRING"}));
    }

    void aSinkTakesTheNameAlone() {
        openFor({{"connection", "shop"}}, "kafka_sink");
        QTRY_COMPARE(list().model()->rowCount(), 3);
        choose("orders");
        QTest::mouseClick(part<QPushButton>("choose_subject"), Qt::LeftButton);
        QTRY_VERIFY(dialog() == nullptr);
        QCOMPARE(params()["topic"], Json("orders"));
        QVERIFY(!params().contains("format"));
        QCOMPARE(m_browser->looks.load(), 0);
    }

    void keysAlone() {
        openFor({{"connection", "shop"}});
        QTRY_COMPARE(list().model()->rowCount(), 3);
        auto* search = part<SearchField>("search_subjects");
        for (int i = 0; i < 3; ++i) QTest::keyClick(search, Qt::Key_Down);
        QTest::keyClick(search, Qt::Key_Up);
        QCOMPARE(list().currentIndex().row(), 1);
        QTest::keyClick(search, Qt::Key_Escape);
        QTRY_VERIFY(dialog() == nullptr);
        QVERIFY(!params().contains("topic"));
    }

    void aLookThatHangsCanBeLeft() {
        m_browser->held = true;
        openFor({{"connection", "shop"}});
        QVERIFY(dialog()->findChild<EmptyState*>()->isVisible());
        QVERIFY(dialog()->findChild<EmptyState*>()->accessibleName().contains(QStringLiteral("shop")));
        QVERIFY(!part<QPushButton>("choose_subject")->isEnabled());
        QTest::mouseClick(part<QPushButton>("leave_subjects"), Qt::LeftButton);
        QTRY_VERIFY(dialog() == nullptr);
    }

    void anErrorHasItsMendAndIsTriedAgain() {
        m_browser->broken = true;
        openFor({{"connection", "shop"}});
        QTRY_VERIFY(said("subjects_hint").contains(QStringLiteral("Nothing answers.")));
        m_browser->broken = false;
        QCoreApplication::processEvents();  // links are shown a turn after their box
        QTest::mouseClick(part<HintBox>("subjects_hint")->findChild<QPushButton*>(), Qt::LeftButton);
        QTRY_COMPARE(list().model()->rowCount(), 3);
        QVERIFY(said("subjects_hint").isEmpty());
        QCOMPARE(m_browser->lists.load(), 2);
    }

    void anEmptySystemSaysSo() {
        m_browser->topics.clear();
        openFor({{"connection", "shop"}});
        QTRY_VERIFY(m_browser->lists == 1 && dialog()->findChild<EmptyState*>()->accessibleName() ==
                                                 ParamForm::tr("There is nothing yet"));
    }

    void whatFailsOfOneIsSaidBesideIt() {
        openFor({{"connection", "shop"}, {"topic", "gone"}});
        QTRY_VERIFY(said("subject_hint").contains(QStringLiteral("It is gone.")));
        QVERIFY(part<QPushButton>("choose_subject")->isEnabled());
    }

    void messagesOfARegistryAskForIt() {
        openFor({{"connection", "shop"}, {"topic", "avro"}});
        QTRY_VERIFY(!said("subject_hint").isEmpty());
        auto* registry = part<QComboBox>("subject_registry");
        QVERIFY(registry->isVisible());
        QCOMPARE(registry->count(), 2);  // none, and the connection over HTTP
        registry->setCurrentIndex(1);
        Q_EMIT registry->activated(1);
        // Nobody is there: an error, which leaves the choice.
        QTRY_VERIFY(part<HintBox>("subject_hint")->kind() == HintBox::Kind::Error);
        QVERIFY(part<QPushButton>("choose_subject")->isEnabled());
    }

    void withoutAConnectionItsFieldIsNext() {
        openFor(Json::object());
        QVERIFY(dialog() == nullptr);
        QCOMPARE(m_browser->lists.load(), 0);
        openFor({{"connection", "nowhere"}});
        QVERIFY(dialog() == nullptr);
    }

    void aKindThatNobodyCanLookAtHasNoButton() {
        m_form->setBrowsers({});
        m_node = m_document->addNode({.type = "kafka_source", .params = Json::object()}, {0, 0});
        m_form->setNode(m_node);
        const QList<QPushButton*> buttons =
            m_form->widget()->findChildren<QPushButton*>(QStringLiteral("choose_topic"));
        QVERIFY(buttons.isEmpty());
    }

    void valuesOfVariablesAreAsked() {
        openFor({{"connection", "${where}"}});
        QVERIFY(dialog() == nullptr);  // there is no such variable
        Variable where;
        where.name = "where";
        where.value = "shop";
        m_document->setVariables({where});
        QTest::mouseClick(part<QPushButton>("choose_topic"), Qt::LeftButton);
        QVERIFY(dialog() != nullptr);
        QTRY_COMPARE(list().model()->rowCount(), 3);
        choose("orders");
        QTest::mouseClick(part<QPushButton>("choose_subject"), Qt::LeftButton);
        QCOMPARE(params()["connection"], Json("${where}"));
    }
};

QTEST_MAIN(TestSubjectChooser)
#include "test_subject_chooser.moc"
