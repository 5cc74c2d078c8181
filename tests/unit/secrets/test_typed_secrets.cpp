// What a person typed because nothing holds it: found by the sources until it is forgotten, and never before
// what the environment has.
#include <QtTest/QtTest>
#include <string>

#include "core/secrets/typed_secrets.h"

using namespace rw;

namespace {

const SecretRef kUnsetVariable{SecretRef::Kind::Environment, "RW_TEST_UNSET_SECRET"};
const SecretRef kKeyringEntry{SecretRef::Kind::Keyring, "rillwright test"};

bool isText(const Secret& secret, std::string_view wanted) {
    return secret.reveal([wanted](std::string_view text) { return text == wanted; });
}

bool gives(const SecretRef& where, std::string_view wanted) {
    const Result<Secret> found = environmentSecret(where);
    return found.ok() && isText(*found, wanted);
}

}  // namespace

class TestTypedSecrets : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        qunsetenv(kUnsetVariable.name.c_str());
        typedSecrets().forgetAll();
    }
    void cleanup() { typedSecrets().forgetAll(); }

    void whatNothingHoldsMayBeTyped() {
        for (const SecretRef& where : {kUnsetVariable, kKeyringEntry}) {
            const Status lacks = environmentSecret(where).status();
            QVERIFY(!lacks.ok() && mayBeTyped(lacks));
            QVERIFY(errorKindOf(lacks.error().code) == ErrorKind::Denied);  // nobody tries again without it
            typedSecrets().keep(where, Secret("typed"));
            QVERIFY(gives(where, "typed"));
        }
    }

    void theLastOneCountsUntilItIsForgotten() {
        typedSecrets().keep(kUnsetVariable, Secret("wrong"));
        typedSecrets().keep(kUnsetVariable, Secret("right"));
        QVERIFY(gives(kUnsetVariable, "right"));
        typedSecrets().forget(kUnsetVariable);
        QVERIFY(!environmentSecret(kUnsetVariable).ok());
        typedSecrets().forget(kUnsetVariable);  // once more does no harm
        typedSecrets().keep(kUnsetVariable, Secret("a"));
        typedSecrets().keep(kKeyringEntry, Secret("b"));
        QCOMPARE(typedSecrets().forgetAll(), std::size_t{2});
        QCOMPARE(typedSecrets().forgetAll(), std::size_t{0});
        QVERIFY(!environmentSecret(kUnsetVariable).ok() && !environmentSecret(kKeyringEntry).ok());
    }

    void anEmptyOneIsNone() {
        typedSecrets().keep(kUnsetVariable, Secret("typed"));
        typedSecrets().keep(kUnsetVariable, {});
        QVERIFY(!typedSecrets().find(kUnsetVariable));
    }

    /// An entry of the keyring and a variable may have one name.
    void placesAreKeptApart() {
        const SecretRef entry{SecretRef::Kind::Keyring, kUnsetVariable.name};
        typedSecrets().keep(entry, Secret("of the keyring"));
        QVERIFY(!environmentSecret(kUnsetVariable).ok());
        QVERIFY(gives(entry, "of the keyring"));
    }

    void theEnvironmentComesFirst() {
        typedSecrets().keep(kUnsetVariable, Secret("typed"));
        qputenv(kUnsetVariable.name.c_str(), "set");
        QVERIFY(gives(kUnsetVariable, "set"));
    }

    void whoeverHasItKeepsIt() {
        typedSecrets().keep(kUnsetVariable, Secret("typed"));
        const Result<Secret> held = environmentSecret(kUnsetVariable);
        typedSecrets().forgetAll();
        QVERIFY(held.ok() && isText(*held, "typed"));
    }

    void whoeverStoppedItIsNotAsked() {
        QVERIFY(!mayBeTyped({}));
        QVERIFY(!mayBeTyped({ErrorCode::Cancelled, RW_TEXT("test", "Stopped.")}));
        QVERIFY(mayBeTyped({ErrorCode::Denied, RW_TEXT("test", "The keyring was not unlocked.")}));
        QVERIFY(mayBeTyped({ErrorCode::Io, RW_TEXT("test", "The keyring did not answer.")}));
    }
};

QTEST_GUILESS_MAIN(TestTypedSecrets)
#include "test_typed_secrets.moc"
