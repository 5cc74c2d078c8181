// Secrets are nowhere but on pages of their own, for as long as they are in use, and are never printed.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QtTest/QtTest>
#include <fstream>
#include <sstream>
#include <thread>
#include <type_traits>

#include "core/base/text.h"
#include "core/secrets/secret_source.h"

using namespace rw;

namespace {

template <class T>
concept IsPrinted = requires(std::ostream& out, const T& value) {
    out << value;
};
template <class T>
concept IsCompared = requires(const T& value) {
    value == value;
};
template <class T>
concept IsHashed = requires(const T& value) {
    std::hash<T>()(value);
};

static_assert(IsPrinted<std::string> && IsCompared<std::string> && IsHashed<std::string>);
static_assert(!IsPrinted<Secret> && !IsCompared<Secret> && !IsHashed<Secret>);
static_assert(!fmt::is_formattable<Secret>::value, "Text::with() would take it");
static_assert(!std::is_convertible_v<Secret, std::string> &&
              !std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string, Secret> && !std::is_convertible_v<const char*, Secret>);

std::string copyOf(const Secret& secret) {
    return secret.reveal([](std::string_view text) { return std::string(text); });
}

const char* addressOf(const Secret& secret) {
    return secret.reveal([](std::string_view text) { return text.data(); });
}

/// The flags in /proc of the mapping that contains the address: “… dd …” of one that core dumps leave out.
std::string flagsOf(const char* address) {
    const auto at = reinterpret_cast<std::uintptr_t>(address);
    std::ifstream in("/proc/self/smaps");
    bool inside = false;
    for (std::string line; std::getline(in, line);) {
        std::uintptr_t from = 0, to = 0;
        char dash = 0;
        std::istringstream range(line);
        if (range >> std::hex >> from >> dash >> to && dash == '-') inside = from <= at && at < to;
        if (inside && line.starts_with("VmFlags:")) return line + " ";
    }
    return {};
}

}  // namespace

class TestSecret : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void givesWhatItWasGiven() {
        QCOMPARE(copyOf(Secret("t0ken")), std::string("t0ken"));
        const std::string odd("a\0b\n", 4);
        QCOMPARE(copyOf(Secret(odd)), odd);
        const std::string large(100'000, 'x');
        QCOMPARE(copyOf(Secret(large)), large);
        const std::string page(4'096, 'y');  // the 0 behind it is on another one
        Secret(page).reveal([&](std::string_view text) {
            QCOMPARE(text.size(), page.size());
            QCOMPARE(text.data()[text.size()], '\0');
        });
    }

    void emptyIsNone() {
        QVERIFY(Secret().empty());
        QVERIFY(Secret("").empty());
        QVERIFY(!Secret("a").empty());
        Secret().reveal([](std::string_view text) {
            QVERIFY(text.empty());
            QCOMPARE(*text.data(), '\0');
        });
    }

    void copiesShareOnePlace() {
        auto first = std::make_unique<Secret>("t0ken");
        const Secret second = *first;
        QCOMPARE(addressOf(*first), addressOf(second));
        first.reset();
        QCOMPARE(copyOf(second), std::string("t0ken"));
    }

    void dumpsLeaveItOut() {
        const Secret secret("t0ken");
        const std::string flags = flagsOf(addressOf(secret));
        QVERIFY2(flags.find(" dd ") != std::string::npos, flags.c_str());
        QVERIFY2(flags.find(" wf ") != std::string::npos, flags.c_str());
#ifndef RILLWRIGHT_SANITIZED  // the address sanitizer makes nothing of mlock()
        QVERIFY2(flags.find(" lo ") != std::string::npos, flags.c_str());
#endif
    }

    /// The page is gone with the last copy: a later reader has nothing to read.
    void theLastCopyTakesItAlong() {
        auto secret = std::make_unique<Secret>("t0ken");
        const char* const address = addressOf(*secret);
        QVERIFY(!flagsOf(address).empty());
        secret.reset();
        QVERIFY(flagsOf(address).find(" dd ") == std::string::npos);
    }

    void aForkedChildHasNone() {
        const Secret secret("t0ken");
        const char* const address = addressOf(secret);
        const pid_t child = ::fork();
        if (child == 0) ::_exit(*address == 0 ? 0 : 1);
        QVERIFY(child > 0);
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(WEXITSTATUS(status), 0);
        QCOMPARE(copyOf(secret), std::string("t0ken"));
    }

    void wipedTextsAreEmpty() {
        std::string text = "a secret that is longer than what fits inside of a text itself";
        const char* const bytes = text.data();
        const std::size_t length = text.size();
        wipe(text);
        QVERIFY(text.empty());
        QCOMPARE(text.data(), bytes);  // the memory is still its own
        QVERIFY(std::all_of(bytes, bytes + length, [](char c) { return c == 0; }));
    }

    /// A longer secret was in the same memory before.
    void whatLiesBehindTheEndIsWiped() {
        std::string text(100, 't');
        const char* const bytes = text.data();
        text.resize(5);
        wipe(text);
        QVERIFY(std::all_of(bytes, bytes + 100, [](char c) { return c == 0; }));
    }

    void theEnvironmentIsASource() {
        qputenv("RW_TEST_TOKEN", "t0ken");
        qputenv("RW_TEST_EMPTY", "");
        qunsetenv("RW_TEST_NONE");
        const auto of = [](SecretRef::Kind kind, const char* name) {
            const auto secret = environmentSecret({kind, name});
            return secret.ok() ? copyOf(*secret) : english(secret.error());
        };
        QCOMPARE(of(SecretRef::Kind::None, ""), std::string());
        QCOMPARE(of(SecretRef::Kind::Environment, "RW_TEST_TOKEN"), std::string("t0ken"));
        for (const char* none : {"RW_TEST_NONE", "RW_TEST_EMPTY"}) {
            const std::string said = of(SecretRef::Kind::Environment, none);
            QVERIFY2(said.find(none) != std::string::npos && said.find("not set") != std::string::npos,
                     said.c_str());
            const Status status = environmentSecret({SecretRef::Kind::Environment, none}).status();
            QVERIFY(errorKindOf(status.error().code) == ErrorKind::Denied);  // a run is not tried again
        }
        const std::string keyring = of(SecretRef::Kind::Keyring, "k");
        QVERIFY2(keyring.find("environment variable") != std::string::npos, keyring.c_str());
        // It may be a password as well.
        for (const std::string& said : {keyring, of(SecretRef::Kind::Environment, "RW_TEST_NONE")})
            QVERIFY2(said.find("token") == std::string::npos, said.c_str());
    }

    void whatHeldASecretIsKnown() {
        QVERIFY(!secretVariables().contains("RW_TEST_LATER"));
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([] {
                (void)environmentSecret({SecretRef::Kind::Environment, "RW_TEST_LATER"});
                (void)secretVariables();
            });
        for (std::thread& thread : threads) thread.join();
        QVERIFY(secretVariables().contains("RW_TEST_LATER"));  // also where it is not set, as yet
    }
};

QTEST_APPLESS_MAIN(TestSecret)
#include "test_secret.moc"
