// The page of targets: nothing to confirm, nothing lost, no secret shown, nothing that waits.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <fstream>
#include <map>
#include <mutex>
#include <thread>

#include "core/cluster/target_file.h"
#include "core/secrets/typed_secrets.h"
#include "widgets/clusters/targets_page.h"
#include "widgets/session/target_list.h"
#include "widgets/settings/language.h"
#include "widgets/settings/preferences.h"
#include "widgets/settings/preferences_dialog.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// A keyring that opens when the test says so.
struct FakeKeyring {
    std::mutex mutex{};
    std::map<std::string, std::string> entries{};
    std::atomic<bool> slow{false}, locked{false};

    std::map<std::string, std::string> all() {
        const std::lock_guard lock(mutex);
        return entries;
    }
    static SecretStore storeOf(const std::shared_ptr<FakeKeyring>& keyring) {
        SecretStore store;
        store.write = [keyring](const std::string& name, const Secret& value) {
            while (keyring->slow) std::this_thread::yield();
            if (keyring->locked)
                return Status(ErrorCode::Denied, RW_TEXT("secrets", "The keyring was not unlocked."));
            const std::lock_guard lock(keyring->mutex);
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

void replaceText(QLineEdit* edit, const char* text) {
    edit->setFocus();
    edit->selectAll();
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, QString::fromUtf8(text));
}

void enter(QLineEdit* edit, const char* text) {
    replaceText(edit, text);
    QTest::keyClick(edit, Qt::Key_Return);
}

/// The texts of boxes of hints, title and words.
QStringList hintsOf(const QWidget& page) {
    QStringList all;
    for (const HintBox* hint : page.findChildren<HintBox*>()) {
        if (hint->isVisible())
            all << hint->accessibleName() + QLatin1Char(' ') + hint->accessibleDescription();
    }
    return all;
}

QString hintOf(const QWidget& page) {
    return hintsOf(page).join(QLatin1Char('\n'));
}

void pressLink(const QWidget& page, const char* words) {
    QCoreApplication::processEvents();  // links are shown a turn after their box
    for (QPushButton* link : page.findChildren<QPushButton*>()) {
        if (link->isVisible() && link->text() == QLatin1String(words) &&
            link->property("role").toString() == QLatin1String("link"))
            return QTest::mouseClick(link, Qt::LeftButton);
    }
    QFAIL(qPrintable(QStringLiteral("no link “%1”").arg(QLatin1String(words))));
}

}  // namespace

class TestTargetsPage : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::shared_ptr<FakeKeyring> m_keyring;
    std::unique_ptr<TargetList> m_targets;
    std::unique_ptr<TargetsPage> m_page;

    std::string path() const { return m_folder.filePath(QStringLiteral("targets.json")).toStdString(); }
    template <class T>
    T* part(const char* name) const {
        return m_page->findChild<T*>(QLatin1String(name));
    }
    QLineEdit* line(const char* name) const { return part<QLineEdit>(name); }
    void press(const char* name) const { QTest::mouseClick(part<QPushButton>(name), Qt::LeftButton); }
    QListWidget* list() const { return part<QListWidget>("targets"); }
    QString chosen() const { return list()->currentItem()->text(); }
    std::vector<Target> stored() const {
        const auto read = readTargets(path());
        return read.ok() ? *read : std::vector<Target>();
    }
    bool open() {
        m_page.reset();
        m_targets = std::make_unique<TargetList>(path());
        m_page = std::make_unique<TargetsPage>(*m_targets, FakeKeyring::storeOf(m_keyring));
        m_page->resize(720, 640);
        m_page->show();
        m_page->activateWindow();
        return QTest::qWaitForWindowActive(m_page.get(), 30'000);
    }
    std::string script(const char* words) const {
        const QString program = m_folder.filePath(QStringLiteral("spark-submit"));
        std::ofstream(program.toStdString()) << "#!/bin/sh\n" << words << "\n";
        QFile::setPermissions(program, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return program.toStdString();
    }
    void picture(const char* name) const {
        const QString folder = qEnvironmentVariable("RILLWRIGHT_SCREENSHOTS");
        if (!folder.isEmpty())
            m_page->grab().save(QStringLiteral("%1/targets-%2.png").arg(folder, QLatin1String(name)));
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init() {
        QFile::remove(QString::fromStdString(path()));
        m_keyring = std::make_shared<FakeKeyring>();
        QVERIFY(open());
    }
    void cleanup() {
        m_keyring->slow = false;
        m_page.reset();
        m_targets.reset();
    }

    void theEmbeddedEngineIsAlwaysThere() {
        QCOMPARE(list()->count(), 1);
        QCOMPARE(chosen(), QStringLiteral("Embedded engine"));
        QVERIFY(!part<QPushButton>("remove_target")->isEnabled());
        QVERIFY(part<QPushButton>("use_local_flink")->isVisible());
        QVERIFY(!line("target_name")->isVisible());
        QStringList commands;
        for (const QLabel* label : m_page->findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().startsWith(QLatin1String("app/cluster")))
                commands << label->text();
        }
        QCOMPARE(commands, (QStringList{"app/cluster flink up", "app/cluster spark up"}));
        picture("none");
    }

    void oneClickMakesAFlinkOfThisComputer() {
        press("use_local_flink");
        QCOMPARE(stored().size(), std::size_t{1});
        QCOMPARE(stored()[0].flink.gateway, std::string("http://127.0.0.1:18083"));
        QCOMPARE(stored()[0].flink.jobManager, std::string("http://127.0.0.1:18081"));
        QCOMPARE(chosen(), QStringLiteral("Flink on this computer"));
        QCOMPARE(line("target_gateway")->text(), QStringLiteral("http://127.0.0.1:18083"));
        QVERIFY(!line("target_submit")->isVisible());
        QVERIFY(hintsOf(*m_page).isEmpty());
        list()->setCurrentRow(0);
        QVERIFY(!part<QPushButton>("use_local_flink")->isVisible());
    }

    void addedOnesHaveNamesOfTheirOwn() {
        press("add_flink");
        press("add_flink");
        press("add_spark");
        QCOMPARE(list()->count(), 4);
        QCOMPARE(list()->item(2)->text(), QStringLiteral("Flink 2"));
        QCOMPARE(chosen(), QStringLiteral("Spark"));
        QVERIFY(line("target_submit")->isVisible() && !line("target_gateway")->isVisible());
        QVERIFY(stored() == m_targets->targets());
    }

    void saidWhileTypedAndSavedWhenRight() {
        press("add_flink");
        replaceText(line("target_gateway"), "flink.example");
        QVERIFY2(hintOf(*m_page).startsWith(QStringLiteral("“flink.example” is not the address")),
                 qPrintable(hintOf(*m_page)));
        QCOMPARE(line("target_gateway")->property("state").toString(), QStringLiteral("error"));
        QVERIFY(!part<QPushButton>("test_connection")->isEnabled());
        QTest::keyClick(line("target_gateway"), Qt::Key_Return);
        QCOMPARE(stored()[0].flink.gateway, std::string("http://127.0.0.1:8083"));
        picture("wrong");
        replaceText(line("target_gateway"), "https://flink.example:8083");
        QVERIFY(hintsOf(*m_page).isEmpty());
        QVERIFY(line("target_gateway")->property("state").toString().isEmpty());
        QCOMPARE(stored()[0].flink.gateway, std::string("http://127.0.0.1:8083"));
        line("target_job_manager")->setFocus();
        QCOMPARE(stored()[0].flink.gateway, std::string("https://flink.example:8083"));
        QCOMPARE(part<QLabel>("target_state")->text(), QStringLiteral("Saved."));
    }

    void everyFieldIsKept() {
        press("add_flink");
        enter(line("target_ca_file"), "/etc/ca.pem");
        enter(line("target_folder"), "/mnt/data");
        enter(line("target_plan_folder"), "/mnt/plans");
        m_page->findChild<QCheckBox*>()->click();
        QCOMPARE(stored()[0].flink.caFile, std::string("/etc/ca.pem"));
        QCOMPARE(stored()[0].folder, std::string("/mnt/data"));
        QCOMPARE(stored()[0].flink.planFolder, std::string("/mnt/plans"));
        QVERIFY(!stored()[0].flink.charts);
        press("add_spark");
        enter(line("target_master"), "spark://computer:7077");
        auto* options = part<QPlainTextEdit>("target_options");
        options->setFocus();
        options->setPlainText(QStringLiteral("--conf\nspark.a=b c\n\n"));
        line("target_name")->setFocus();
        QCOMPARE(stored()[1].spark.master, std::string("spark://computer:7077"));
        QVERIFY(stored()[1].spark.options == (std::vector<std::string>{"--conf", "spark.a=b c"}));
        list()->setCurrentRow(1);
        QCOMPARE(line("target_ca_file")->text(), QStringLiteral("/etc/ca.pem"));
        QCOMPARE(line("target_plan_folder")->text(), QStringLiteral("/mnt/plans"));
        QVERIFY(!m_page->findChild<QCheckBox*>()->isChecked());
    }

    void aNewNameStaysChosen() {
        press("add_flink");
        press("add_spark");
        enter(line("target_name"), "Flink");
        QVERIFY(hintOf(*m_page).contains(QStringLiteral("Another target has the name “Flink” already.")));
        QCOMPARE(stored()[1].name, std::string("Spark"));
        enter(line("target_name"), "ours");
        QCOMPARE(stored()[1].name, std::string("ours"));
        QCOMPARE(chosen(), QStringLiteral("ours"));
    }

    void removedAfterAQuestion() {
        press("add_flink");
        press("remove_target");
        QVERIFY(hintOf(*m_page).startsWith(QStringLiteral("Remove “Flink”?")));
        pressLink(*m_page, "Keep");
        QVERIFY(hintsOf(*m_page).isEmpty());
        QCOMPARE(stored().size(), std::size_t{1});
        press("remove_target");
        pressLink(*m_page, "Remove");
        QVERIFY(stored().empty());
        QCOMPARE(chosen(), QStringLiteral("Embedded engine"));
        QVERIFY(part<QPushButton>("use_local_flink")->isVisible());
    }

    void aTokenOfTheEnvironment() {
        press("add_flink");
        auto* place = part<QComboBox>("token_place");
        QTest::keyClick(place, Qt::Key_Down);
        QVERIFY(line("token_variable")->isVisible() && !line("token_secret")->isVisible());
        QVERIFY(hintOf(*m_page).contains(QLatin1String("no name of an environment variable")));
        QVERIFY(stored()[0].flink.token == SecretRef());
        enter(line("token_variable"), "FLINK_TOKEN");
        QVERIFY(stored()[0].flink.token == (SecretRef{SecretRef::Kind::Environment, "FLINK_TOKEN"}));
        QVERIFY(hintsOf(*m_page).isEmpty());
        // For everybody to read: not stored.
        enter(line("target_gateway"), "http://flink.example:8083");
        QVERIFY(hintOf(*m_page).contains(QLatin1String("for everybody to read")));
        QCOMPARE(stored()[0].flink.gateway, std::string("http://127.0.0.1:8083"));
    }

    void aTokenGoesIntoTheKeyringAlone() {
        press("add_flink");
        auto* place = part<QComboBox>("token_place");
        QTest::keyClick(place, Qt::Key_Down);
        QTest::keyClick(place, Qt::Key_Down);
        QCOMPARE(line("token_secret")->echoMode(), QLineEdit::Password);
        QVERIFY(hintOf(*m_page).contains(QLatin1String("not in the keyring yet")));
        enter(line("token_secret"), "s3cret");
        QTRY_COMPARE(stored()[0].flink.token.kind, SecretRef::Kind::Keyring);
        const std::string entry = stored()[0].flink.token.name;
        QVERIFY2(entry.starts_with("Flink "), entry.c_str());
        QCOMPARE(m_keyring->all()[entry], std::string("s3cret"));
        QVERIFY(line("token_secret")->text().isEmpty());
        QVERIFY(hintsOf(*m_page).isEmpty());
        QFile file(QString::fromStdString(path()));
        QVERIFY(file.open(QIODevice::ReadOnly) && !file.readAll().contains("s3cret"));
        // Another one takes its place; a new name of the target changes nothing.
        enter(line("target_name"), "ours");
        enter(line("token_secret"), "an0ther");
        QTRY_COMPARE(m_keyring->all()[entry], std::string("an0ther"));
        QTRY_VERIFY(!m_page->isStoring());
        QCOMPARE(stored()[0].flink.token.name, entry);
        press("remove_target");
        QVERIFY(hintOf(*m_page).contains(QLatin1String("taken out of the keyring")));
        pressLink(*m_page, "Remove");
        QTRY_VERIFY(m_keyring->all().empty());
    }

    void anotherPlaceEmptiesTheKeyring() {
        press("add_flink");
        auto* place = part<QComboBox>("token_place");
        QTest::keyClick(place, Qt::Key_End);
        enter(line("token_secret"), "s3cret");
        QTRY_COMPARE(stored()[0].flink.token.kind, SecretRef::Kind::Keyring);
        QTest::keyClick(place, Qt::Key_Home);
        QVERIFY(stored()[0].flink.token == SecretRef());
        QTRY_VERIFY(m_keyring->all().empty());
    }

    void aLockedKeyringIsSaid() {
        press("add_flink");
        QTest::keyClick(part<QComboBox>("token_place"), Qt::Key_End);
        m_keyring->locked = true;
        enter(line("token_secret"), "s3cret");
        QTRY_VERIFY(hintOf(*m_page).contains(QLatin1String("The keyring was not unlocked.")));
        QVERIFY(stored()[0].flink.token == SecretRef());
        QCOMPARE(line("token_secret")->text(), QStringLiteral("s3cret"));  // to try again
    }

    void aSlowKeyringKnowsItsTarget() {
        press("add_flink");
        QTest::keyClick(part<QComboBox>("token_place"), Qt::Key_End);
        m_keyring->slow = true;
        enter(line("token_secret"), "s3cret");
        QVERIFY(m_page->isStoring());
        press("add_spark");
        QCOMPARE(chosen(), QStringLiteral("Spark"));
        m_keyring->slow = false;
        QTRY_COMPARE(stored()[0].flink.token.kind, SecretRef::Kind::Keyring);
        QCOMPARE(m_keyring->all().size(), std::size_t{1});
        QCOMPARE(chosen(), QStringLiteral("Spark"));
    }

    void closingWaitsForTheKeyring() {
        QSettings store(m_folder.filePath(QStringLiteral("preferences.ini")), QSettings::IniFormat);
        Language language;
        Preferences preferences(store, Theme::of(), language);
        PreferencesDialog dialog(preferences, {new TargetsPage(*m_targets, FakeKeyring::storeOf(m_keyring))});
        dialog.showPage(QStringLiteral("targets"));
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog, 30'000));
        QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("add_flink")), Qt::LeftButton);
        QTest::keyClick(dialog.findChild<QComboBox*>(QStringLiteral("token_place")), Qt::Key_End);
        m_keyring->slow = true;
        enter(dialog.findChild<QLineEdit*>(QStringLiteral("token_secret")), "s3cret");
        QVERIFY(dialog.isVisible());  // Enter is for the field
        dialog.close();
        QVERIFY(dialog.isVisible());
        m_keyring->slow = false;
        QTRY_VERIFY(!dialog.isVisible());
        QCOMPARE(stored()[0].flink.token.kind, SecretRef::Kind::Keyring);
    }

    /// It stays in memory; the file refers to it all the same, so that the next program asks for it.
    void withoutAKeyringATokenIsTypedAtEachStart() {
        m_page = std::make_unique<TargetsPage>(*m_targets, SecretStore());
        m_page->show();
        press("add_flink");
        auto* place = part<QComboBox>("token_place");
        QTest::keyClick(place, Qt::Key_End);
        QCOMPARE(place->currentText(), QStringLiteral("Typed at each start"));
        QVERIFY(stored()[0].flink.token.kind != SecretRef::Kind::Keyring);  // nothing was typed yet
        enter(line("token_secret"), "s3cret");
        QTRY_COMPARE(stored()[0].flink.token.kind, SecretRef::Kind::Keyring);
        const SecretRef token = stored()[0].flink.token;
        QVERIFY(typedSecrets().find(token));
        QVERIFY(line("token_secret")->text().isEmpty());
        QTest::keyClick(place, Qt::Key_Home);
        QVERIFY(stored()[0].flink.token == SecretRef() && !typedSecrets().find(token));
    }

    void aBrokenFileIsSaidAndNotWrittenOver() {
        std::ofstream(path()) << "{ broken";
        QVERIFY(open());
        QVERIFY(hintOf(*m_page).contains(QLatin1String("is not as it should be")));
        QVERIFY(!part<QPushButton>("add_flink")->isEnabled());
        QVERIFY(!part<QPushButton>("use_local_flink")->isVisible());
        std::ofstream(path()) << "{\"targets\": []}";
        pressLink(*m_page, "Read it again");
        QVERIFY(hintsOf(*m_page).isEmpty());
        QVERIFY(part<QPushButton>("add_flink")->isEnabled());
    }

    void theConnectionIsTested() {
        press("add_spark");
        enter(line("target_submit"), script("echo 'Welcome to version 4.3.0'").c_str());
        press("test_connection");
        QTRY_VERIFY2(hintOf(*m_page).startsWith(QLatin1String("Spark 4.3.0 is there.")),
                     qPrintable(hintOf(*m_page)));
        QCOMPARE(part<QPushButton>("test_connection")->text(), QStringLiteral("Test connection"));
        picture("tested");
        // The answer is of the tested target.
        enter(line("target_submit"), "no-such-program-as-this");
        QVERIFY(hintsOf(*m_page).isEmpty());
        press("test_connection");
        QTRY_VERIFY(hintOf(*m_page).contains(QLatin1String("There is no program")));
        QVERIFY(hintOf(*m_page).contains(QLatin1String("Install it")));
    }

    void theAnswerIsInSight() {
        press("add_flink");
        m_page->resize(560, 200);  // as small as it goes
        auto* form = m_page->findChild<QScrollArea*>();
        QTRY_VERIFY(form->verticalScrollBar()->maximum() > 0);
        enter(line("target_gateway"), "http://127.0.0.1:1");
        form->verticalScrollBar()->setValue(0);
        const auto bottom = [this](const QWidget& widget) {
            return widget.mapTo(m_page.get(), QPoint(0, widget.height())).y();
        };
        QVERIFY(bottom(*part<QPushButton>("test_connection")) <= m_page->height());
        press("test_connection");
        QTRY_VERIFY_WITH_TIMEOUT(hintOf(*m_page).contains(QLatin1String("Nothing answers")), 20'000);
        const HintBox* answer = nullptr;
        for (const HintBox* hint : m_page->findChildren<HintBox*>()) {
            if (hint->isVisible()) answer = hint;
        }
        QVERIFY(answer != nullptr);
        QTRY_VERIFY2(bottom(*answer) <= m_page->height(), qPrintable(QString::number(bottom(*answer))));
        QCOMPARE(form->verticalScrollBar()->value(), 0);  // no scrolling was needed
        QVERIFY(part<QPushButton>("test_connection")
                    ->accessibleDescription()
                    .contains(QLatin1String("Nothing answers")));
    }

    void aTestCanBeCancelled() {
        press("add_spark");
        enter(line("target_submit"), script("sleep 600").c_str());
        press("test_connection");
        QCOMPARE(part<QPushButton>("test_connection")->text(), QStringLiteral("Cancel"));
        press("test_connection");
        QCOMPARE(part<QPushButton>("test_connection")->text(), QStringLiteral("Test connection"));
        // The next one does not wait for it.
        enter(line("target_submit"), "no-such-program-as-this");
        press("test_connection");
        QTRY_VERIFY(hintOf(*m_page).contains(QLatin1String("There is no program")));
    }

    void followsTheListAndTheLanguage() {
        press("add_flink");
        std::vector<Target> targets = m_targets->targets();
        targets[0].folder = "/elsewhere";
        QVERIFY(m_targets->set(targets).ok());
        QCOMPARE(line("target_folder")->text(), QStringLiteral("/elsewhere"));
        Language language;
        language.set(QString::fromLatin1(Language::kChinese));
        QTRY_VERIFY(list()->item(0)->text() != QLatin1String("Embedded engine"));
        QCOMPARE(chosen(), QStringLiteral("Flink"));
        picture("chinese");
        language.set(QString::fromLatin1(Language::kEnglish));
        QTRY_COMPARE(list()->item(0)->text(), QStringLiteral("Embedded engine"));
    }
};

QTEST_MAIN(TestTargetsPage)
#include "test_targets_page.moc"
