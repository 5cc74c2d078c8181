// The page of connections: made from declarations, nothing to confirm, nothing lost, no secret shown.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>

#include "core/connect/connections/connection_store.h"
#include "core/secrets/typed_secrets.h"
#include "widgets/connections/connection_form.h"
#include "widgets/connections/connection_steps.h"
#include "widgets/connections/connection_uses.h"
#include "widgets/connections/connections_page.h"
#include "widgets/document/connection_list.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/recent_files.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct OpenKeyring {
    std::mutex mutex{};
    std::map<std::string, std::string> entries{};
    bool isThere = true;  ///< not while something is being stored

    std::map<std::string, std::string> all() {
        const std::lock_guard lock(mutex);
        return entries;
    }
    static SecretStore storeOf(const std::shared_ptr<OpenKeyring>& keyring) {
        SecretStore store;
        store.write = [keyring](const std::string& name, const Secret& value) {
            const std::lock_guard lock(keyring->mutex);
            if (!keyring->isThere)
                return Status(ErrorCode::NotFound, RW_TEXT("test", "There is no keyring."));
            if (value.empty()) {
                keyring->entries.erase(name);
            } else {
                keyring->entries[name] =
                    value.reveal([](std::string_view text) { return std::string(text); });
            }
            return Status();
        };
        return store;
    }
};

/// Says what the test wants, and how often it was asked.
class ScriptedTester final : public ConnectionTester {
 public:
    void test(TestedConnection& tested) const override {
        ++asked;
        if (!tested.step(RW_TEXT("test", "Reach"), [&] { return Result<Text>(RW_TEXT("test", "There.")); }))
            return;
        tested.report().latency = 4;
        tested.step(RW_TEXT("test", "Sign in"), [this]() -> Result<Text> {
            if (!refuses) return RW_TEXT("test", "As rill.");
            Error error{ErrorCode::Denied, RW_TEXT("test", "Wrong password."),
                        RW_TEXT("test", "Type another one.")};
            error.param = field;
            return Status(std::move(error));
        });
    }
    mutable std::atomic<int> asked{0};
    std::atomic<bool> refuses{false};
    std::string field{};  ///< that mends it; not while a test is under way
};

Connection shopOf(const std::string& name) {
    return {name, "kafka", {{"address", "broker:9092"}, {"security", "plaintext"}}, {}};
}

/// A node that names a connection.
Catalogue namingKind() {
    NodeKind made;
    made.type = "topics";
    made.outputs = {{"out", {}}};
    made.params = {makeParam("connection", ParamKind::Connection, RW_TEXT("test", "Connection"),
                             RW_TEXT("test", "Where it reads."))};
    made.bind = [](BindContext&) {
        auto bound = std::make_shared<BoundNode>();
        StreamType stream;
        stream.schema = std::make_shared<Schema>(Schema{{{"n", Type::of(TypeId::Int)}}});
        bound->outputs = {stream};
        return BoundNodeRef(bound);
    };
    return Catalogue({made});
}

void typeInto(QLineEdit* edit, const char* text) {
    edit->setFocus();
    edit->selectAll();
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, QString::fromUtf8(text));
    QTest::keyClick(edit, Qt::Key_Return);
}

}  // namespace

class TestConnectionsPage : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    const Catalogue m_kinds = namingKind();
    std::shared_ptr<OpenKeyring> m_keyring;
    std::shared_ptr<ScriptedTester> m_tester;
    std::unique_ptr<PipelineDocument> m_document;
    std::unique_ptr<RecentFiles> m_recent;
    std::unique_ptr<ConnectionList> m_list;
    std::unique_ptr<ConnectionUses> m_uses;
    std::unique_ptr<ConnectionsPage> m_page;

    std::string path() const { return m_folder.filePath(QStringLiteral("connections.json")).toStdString(); }
    template <class T>
    T* part(const char* name) const {
        return m_page->findChild<T*>(QLatin1String(name));
    }
    /// Of the form that is shown.
    template <class T>
    T* field(const char* name) const {
        for (T* each : m_page->findChildren<T*>(QLatin1String(name))) {
            if (each->isVisible()) return each;
        }
        return nullptr;
    }
    QTableWidget* table() const { return part<QTableWidget>("connections"); }
    std::vector<Connection> stored() const {
        const auto read = readConnections(path());
        return read.ok() ? *read : std::vector<Connection>();
    }
    QString hint() const {
        const auto* box = part<HintBox>("connections_hint");
        return box->isVisible() ? box->accessibleName() + QLatin1Char(' ') + box->accessibleDescription()
                                : QString();
    }
    void pressLink(const char* words) const {
        QPushButton* shown = nullptr;
        const auto isShown = [&] {  // links are shown some turns after their box
            for (QPushButton* link : part<HintBox>("connections_hint")->findChildren<QPushButton*>()) {
                if (link->isVisible() && link->text() == QLatin1String(words)) shown = link;
            }
            return shown != nullptr;
        };
        QVERIFY2(QTest::qWaitFor(isShown, 30'000), words);
        QTest::mouseClick(shown, Qt::LeftButton);
    }
    bool open() {
        m_page.reset();
        m_uses.reset();
        m_list = std::make_unique<ConnectionList>(*m_document, environmentSecret, path());
        m_uses = std::make_unique<ConnectionUses>(*m_document, *m_recent);
        ConnectionTesters testers;
        for (const ConnectionKind& kind : connectionKinds()) testers[kind.name] = m_tester;
        m_page =
            std::make_unique<ConnectionsPage>(*m_list, *m_uses, OpenKeyring::storeOf(m_keyring), testers);
        m_page->resize(1000, 700);
        m_page->show();
        m_page->activateWindow();
        return QTest::qWaitForWindowActive(m_page.get(), 30'000);
    }

 private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("RillwrightTest"));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
        new Theme(*qApp, {.mode = ThemeMode::Dark});
    }
    void init() {
        QFile::remove(QString::fromStdString(path()));
        m_keyring = std::make_shared<OpenKeyring>();
        m_tester = std::make_shared<ScriptedTester>();
        m_document = std::make_unique<PipelineDocument>(m_kinds);
        m_recent = std::make_unique<RecentFiles>();
        QVERIFY(open());
    }
    void cleanup() {
        m_page.reset();
        m_uses.reset();
        m_list.reset();
        m_document.reset();
    }

    void anEmptyListSaysWhatToDo() {
        QCOMPARE(table()->rowCount(), 0);
        QVERIFY(!part<QPushButton>("remove_connection")->isEnabled());
        QVERIFY(!part<QPushButton>("export_connections")->isEnabled());
        const auto labels = m_page->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text() == QLatin1String("No connections yet");
        }));
    }

    /// Every kind has a form, whose fields are those of the declaration.
    void everyKindHasItsForm() {
        for (const ConnectionKind& kind : connectionKinds()) {
            part<QPushButton>("add_connection")
                ->menu()
                ->findChild<QAction*>(QStringLiteral("add_") + QString::fromStdString(kind.name))
                ->trigger();
            QCOMPARE(table()->rowCount(), 1);
            Connection draft;
            draft.kind = kind.name;
            for (const ConnectionFieldSpec& each : kind.fields) {
                auto* editor = field<QWidget>(("connection_" + each.name).c_str());
                QVERIFY2((editor != nullptr) == appliesTo(draft, each.appliesWhen),
                         (kind.name + "." + each.name).c_str());
            }
            for (const ConnectionSecretSpec& each : kind.secrets) {
                auto* editor = field<QWidget>(("secret_" + each.name).c_str());
                QVERIFY2((editor != nullptr) == appliesTo(draft, each.appliesWhen),
                         (kind.name + "." + each.name).c_str());
            }
        }
        QVERIFY(stored().empty());
    }

    /// People fill in who they are at one place; the files of TLS are for few.
    void aPasswordStandsBelowItsUser() {
        for (const char* const kind : {"superset", "postgresql", "mqtt"}) {
            m_page->addNew(kind, "one");
            QCoreApplication::processEvents();
            const auto top = [this](const char* name) {
                const auto* editor = field<QWidget>(name);
                return editor != nullptr ? editor->mapTo(m_page.get(), QPoint()).y() : -1;
            };
            QVERIFY2(top("connection_user") < top("secret_password"), kind);
            QVERIFY2(top("secret_password") < top("connection_ca_file"), kind);
            QVERIFY2(top("connection_client_key") < top("secret_key_passphrase"), kind);
        }
    }

    void anotherOneIsShownFromItsBeginning() {
        m_page->resize(1000, 300);
        m_page->addNew("superset", "bi");
        auto* bar = m_page->findChild<ConnectionForm*>()->verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 0);
        bar->setValue(bar->maximum());
        m_page->addNew("smtp", "mail");
        QCoreApplication::processEvents();
        QCOMPARE(bar->value(), 0);
    }

    void aNewOneIsStoredAsSoonAsItIsWhole() {
        m_page->addNew("kafka", "shop");
        QCOMPARE(field<QLineEdit>("connection_name")->text(), QStringLiteral("shop"));
        QVERIFY(stored().empty());
        typeInto(field<QLineEdit>("connection_address"), "broker:port");
        QVERIFY(stored().empty());
        typeInto(field<QLineEdit>("connection_address"), "broker:9093");
        QCOMPARE(stored().size(), std::size_t{1});
        QCOMPARE(stored().front().fields.at("address"), std::string("broker:9093"));
        QCOMPARE(table()->item(0, 0)->text(), QStringLiteral("shop"));
        typeInto(field<QLineEdit>("connection_name"), "store");
        QCOMPARE(stored().front().name, std::string("store"));
        QCOMPARE(table()->rowCount(), 1);
        m_page->addNew("kafka", "store");
        QCOMPARE(field<QLineEdit>("connection_name")->text(), QStringLiteral("store-2"));
    }

    void aSecretGoesIntoTheKeyringAndItsReferenceIntoTheFile() {
        QVERIFY(
            ConnectionStore(path())
                .add({"db", "postgresql", {{"address", "db:5432"}, {"database", "shop"}, {"user", "me"}}, {}})
                .ok());
        m_list->reload();
        auto* secret = field<QWidget>("secret_password");
        QVERIFY(secret != nullptr);
        auto* place = secret->findChild<QComboBox*>(QStringLiteral("token_place"));
        place->setCurrentIndex(2);
        Q_EMIT place->activated(2);
        typeInto(secret->findChild<QLineEdit*>(QStringLiteral("token_secret")), "hunter2");
        QTRY_VERIFY(!stored().front().secrets.empty());
        const SecretRef where = stored().front().secrets.at("password");
        QVERIFY(where.kind == SecretRef::Kind::Keyring);
        QCOMPARE(m_keyring->all().at(where.name), std::string("hunter2"));
        std::ifstream file(path());
        const std::string text((std::istreambuf_iterator<char>(file)), {});
        QVERIFY(text.find("hunter2") == std::string::npos);
        // Removed, it goes out of the keyring, too.
        QTest::mouseClick(part<QPushButton>("remove_connection"), Qt::LeftButton);
        QVERIFY(hint().contains(QStringLiteral("“db”")));
        pressLink("Remove");
        QVERIFY(stored().empty());
        QTRY_VERIFY(m_keyring->all().empty());
    }

    /// The file refers to it all the same, so that the runs of the next program ask for it.
    void withoutAKeyringASecretStaysInMemory() {
        m_keyring->isThere = false;
        QVERIFY(
            ConnectionStore(path())
                .add({"db", "postgresql", {{"address", "db:5432"}, {"database", "shop"}, {"user", "me"}}, {}})
                .ok());
        m_list->reload();
        auto* secret = field<QWidget>("secret_password");
        auto* place = secret->findChild<QComboBox*>(QStringLiteral("token_place"));
        place->setCurrentIndex(2);
        Q_EMIT place->activated(2);
        typeInto(secret->findChild<QLineEdit*>(QStringLiteral("token_secret")), "hunter2");
        QTRY_VERIFY(!stored().front().secrets.empty());
        const SecretRef where = stored().front().secrets.at("password");
        QVERIFY(where.kind == SecretRef::Kind::Keyring && typedSecrets().find(where));
        QVERIFY(m_keyring->all().empty());
        QStringList notes;
        for (const QLabel* label : secret->findChildren<QLabel*>()) notes << label->text();
        QVERIFY2(notes.join(u' ').contains(QStringLiteral("stays in memory until the program ends")),
                 qPrintable(notes.join(u' ')));
        std::ifstream file(path());
        const std::string text((std::istreambuf_iterator<char>(file)), {});
        QVERIFY(text.find("hunter2") == std::string::npos);
        QTest::mouseClick(part<QPushButton>("remove_connection"), Qt::LeftButton);
        pressLink("Remove");
        QVERIFY(!typedSecrets().find(where));
    }

    void whatAppliesIsShown() {
        QVERIFY(ConnectionStore(path()).add(shopOf("shop")).ok());
        m_list->reload();
        QVERIFY(field<QWidget>("connection_user") == nullptr &&
                field<QWidget>("connection_ca_file") == nullptr);
        auto* security = field<QComboBox>("connection_security");
        security->setCurrentIndex(security->findData(QStringLiteral("sasl_ssl")));
        Q_EMIT security->activated(security->currentIndex());
        QVERIFY(field<QWidget>("connection_user") != nullptr &&
                field<QWidget>("connection_ca_file") != nullptr);
        QCOMPARE(stored().front().fields.at("security"), std::string("plaintext"));  // the user is missing
        typeInto(field<QLineEdit>("connection_user"), "rill");
        QCOMPARE(stored().front().fields.at("security"), std::string("sasl_ssl"));
    }

    void aTestIsShownStepByStep() {
        QVERIFY(ConnectionStore(path()).add(shopOf("shop")).ok());
        m_list->reload();
        QCOMPARE(table()->item(0, 3)->text(), QStringLiteral("Not tested"));
        auto* button = part<QPushButton>("try_connection");
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(button->text(), QStringLiteral("Test again"));
        QVERIFY(table()->item(0, 3)->text().startsWith(QStringLiteral("Answers in 4")));
        QVERIFY(table()->item(0, 4)->text().contains(QLatin1Char(':')));
        QTRY_VERIFY(part<QWidget>("connection_steps")->isVisible());
        m_tester->refuses = true;
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(table()->item(0, 3)->text().startsWith(QStringLiteral("Failed: Sign in")));
        QVERIFY(button->accessibleDescription().contains(QStringLiteral("Type another one.")));
        QCOMPARE(m_tester->asked.load(), 2);
        // Of another address that says nothing.
        typeInto(field<QLineEdit>("connection_address"), "other:9092");
        QCOMPARE(table()->item(0, 3)->text(), QStringLiteral("Not tested"));
    }

    /// A warning has none: nothing was tried.
    void eachStepShowsItsTime() {
        TestedState state;
        state.connection = shopOf("shop");
        for (const Millis took : {4, 2'340, 7}) {
            ConnectionStep& step = state.report.steps.emplace_back();
            step.name = RW_TEXT("test", "Reach");
            step.took = took;
        }
        state.report.steps.back().outcome = ConnectionStep::Outcome::Warning;
        ConnectionSteps steps(environmentSecret, {});
        steps.setConnection(state.connection, &state);
        const auto* rows = qobject_cast<QGridLayout*>(
            steps.findChild<QWidget*>(QStringLiteral("connection_steps"))->layout());
        QVERIFY(rows != nullptr);
        QStringList shown;
        for (int row = 0; row < 3; ++row) {
            const auto* label = qobject_cast<QLabel*>(rows->itemAtPosition(row, 3)->widget());
            shown << (label != nullptr ? label->text().simplified() : QStringLiteral("none"));
        }
        QCOMPARE(shown, (QStringList{QStringLiteral("4.0 ms"), QStringLiteral("2.3 s"), QString()}));
    }

    /// A certificate that nobody here has signed, for one.
    void whatFailsLeadsToItsField() {
        Connection shop = shopOf("shop");
        shop.fields["security"] = "ssl";
        QVERIFY(ConnectionStore(path()).add(shop).ok());
        m_list->reload();
        m_tester->refuses = true;
        m_tester->field = "ca_file";
        QTest::mouseClick(part<QPushButton>("try_connection"), Qt::LeftButton);
        auto* box = part<HintBox>("connection_failure");
        QTRY_VERIFY(box->isVisible());
        QCoreApplication::processEvents();  // links are shown a turn after their box
        auto* link = box->findChild<QPushButton*>();
        QVERIFY(link != nullptr && link->text().contains(QStringLiteral("CA file")));
        QTest::mouseClick(link, Qt::LeftButton);
        auto* dialog = m_page->findChild<QFileDialog*>();
        QVERIFY(dialog != nullptr);
        dialog->reject();
        m_tester->field = "password";  // not of TLS alone, but declared
        QTest::mouseClick(part<QPushButton>("try_connection"), Qt::LeftButton);
        QTRY_VERIFY(m_tester->asked == 2 &&
                    part<QPushButton>("try_connection")->text() == QStringLiteral("Test again"));
        QTRY_VERIFY(box->findChild<QPushButton*>()->text().contains(QStringLiteral("Change")));
    }

    void anotherProgramChangesTheList() {
        QVERIFY(ConnectionStore(path()).add(shopOf("a")).ok());
        m_list->reload();
        QVERIFY(ConnectionStore(path()).change(shopOf("a"), shopOf("b")).ok());
        typeInto(field<QLineEdit>("connection_address"), "mine:1");
        QVERIFY2(hint().contains(QStringLiteral("changed the connection meanwhile")), qPrintable(hint()));
        QCOMPARE(stored().front().name, std::string("b"));
        QCOMPARE(stored().front().fields.at("address"), std::string("broker:9092"));
    }

    void aListThatCantBeReadIsTold() {
        std::ofstream(path()) << "{";
        m_list->reload();
        QVERIFY(hint().contains(QStringLiteral("connections.json")));
        QVERIFY(!part<QPushButton>("add_connection")->isEnabled());
        std::ofstream(path()) << R"({"connections": []})";
        pressLink("Read it again");
        QVERIFY(hint().isEmpty() && part<QPushButton>("add_connection")->isEnabled());
    }

    void oneOfANewerVersionIsKept() {
        std::ofstream(path())
            << R"({"connections": [{"name": "a", "kind": "pigeon", "fields": {"loft": "7"}}]})";
        m_list->reload();
        QCOMPARE(table()->item(0, 1)->text(), QStringLiteral("pigeon"));
        QVERIFY(field<QLineEdit>("connection_name") == nullptr);
        QCOMPARE(stored().front().fields.at("loft"), std::string("7"));
    }

    void exportAndImport() {
        QVERIFY(ConnectionStore(path()).add(shopOf("shop")).ok());
        m_list->reload();
        const QString file = m_folder.filePath(QStringLiteral("exported.json"));
        m_page->exportTo(file);
        QVERIFY(hint().contains(QStringLiteral("exported.json")));
        Connection mine = shopOf("shop");
        mine.fields["address"] = "mine:1";
        QVERIFY(m_list->change(shopOf("shop"), mine).ok());
        m_page->importFrom(file);
        QVERIFY2(hint().contains(QStringLiteral("“shop”")), qPrintable(hint()));
        QCOMPARE(stored().front().fields.at("address"), std::string("mine:1"));
        pressLink("Overwrite");
        QCOMPARE(stored().front().fields.at("address"), std::string("broker:9092"));
        std::ofstream(file.toStdString()) << "no JSON";
        m_page->importFrom(file);
        QVERIFY(hint().contains(QStringLiteral("exported.json")));
    }

    void itSaysWhoNamesOne() {
        QVERIFY(ConnectionStore(path()).add(shopOf("shop")).ok());
        m_list->reload();
        const auto* usedBy = part<QLabel>("connection_used_by");
        QVERIFY(usedBy->text().contains(QStringLiteral("no pipeline")));
        const NodeId orders = m_document->addNode({"topics", Json{{"connection", "shop"}}}, {});
        m_document->setTitle(orders, QStringLiteral("Orders"));
        QTRY_VERIFY(usedBy->text().contains(QStringLiteral("Orders in ")));
        const QString file = m_folder.filePath(QStringLiteral("daily.rill"));
        std::ofstream(file.toStdString())
            << R"({"rill": 1, "nodes": [{"id": "in", "type": "topics", "title": "Topic",
            "params": {"connection": "${where}"}}], "variables": {"where": "shop"}})";
        m_recent->add(file);
        m_uses->look();
        QTRY_VERIFY2(usedBy->text().contains(QStringLiteral("Topic in daily.rill")),
                     qPrintable(usedBy->text()));
    }

    void itSpeaksTheLanguageOfTheWindow() {
        QVERIFY(ConnectionStore(path()).add(shopOf("shop")).ok());
        m_list->reload();
        QEvent changed(QEvent::LanguageChange);
        QCoreApplication::sendEvent(m_page.get(), &changed);
        QCOMPARE(table()->rowCount(), 1);
        QCOMPARE(m_page->title(), QStringLiteral("Connections"));
    }
};

QTEST_MAIN(TestConnectionsPage)
#include "test_connections_page.moc"
