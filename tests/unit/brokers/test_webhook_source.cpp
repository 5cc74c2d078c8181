// A webhook as a source: what it answers is in its journal, and what it can't keep it does not take.
#include <QtTest/QtTest>
#include <filesystem>

#include "core/connect/web/webhook_source.h"
#include "core/net/http_client.h"
#include "tests/support/child.h"
#include "tests/support/full_disk.h"
#include "tests/support/worlds/web_world.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr int kPatience = 20000;  // milliseconds

SchemaRef texts() {
    return std::make_shared<Schema>(Schema{{{"line", Type::of(TypeId::String)}}});
}

JournalledOptions journalled() {
    MessageFormat format;
    format.kind = FormatKind::Text;
    format.columns = *texts();
    format.parts.resize(1);
    DecoderOptions options;
    options.schema = texts();
    JournalledOptions made;
    made.decoder = makeMessageDecoder(format, options);
    return made;
}

WebhookListening listening(const std::string& items = {}) {
    WebhookListening made;
    made.address = *parseListenAddress(WebWorld::listenAt());
    made.path = "/in";
    made.token = {SecretRef::Kind::Environment, WebWorld::tokenPlace().substr(sizeof "environment:" - 1)};
    if (!items.empty()) made.items = *parseHttpItems(items);
    return made;
}

class HookedUp {
 public:
    explicit HookedUp(const std::string& journals, const std::string& items = {}) {
        MakeContext context;
        context.node = "hook";
        context.clock = systemClock();
        context.checkpoints = journals.empty() ? std::string() : std::string("line");
        context.journals = journals;
        source = std::make_unique<WebhookSource>(context, listening(items), journalled());
    }
    Status open(const std::string* state = nullptr) const {
        if (state != nullptr) {
            RW_TRY_ASSIGN(const StateReader reader, StateReader::open(*state));
            RW_TRY(source->restore(reader));
        }
        return source->open();
    }
    /// One poll; whether it gave messages.
    bool poll() {
        std::unique_ptr<Chunk> chunk;
        const Result<Poll> polled = source->poll(chunk);
        if (!polled.ok()) failed = polled.status();
        if (!chunk) return false;
        const auto& piece = static_cast<const JournalChunk&>(*chunk);
        for (std::size_t i = 0; i < piece.messages.size(); ++i)
            messages.emplace_back(piece.messages.value(i).value_or("NULL"));
        return true;
    }
    /// Polls once; whether so many messages have come.
    bool has(std::size_t count) {
        (void)poll();
        return messages.size() >= count;
    }
    std::string snapshot() const {
        StateWriter writer;
        return source->snapshot(writer).ok() ? writer.finish() : std::string();
    }

    std::unique_ptr<WebhookSource> source{};
    std::vector<std::string> messages{};
    Status failed{};
};

long post(const std::string& body) {
    HttpServer to;
    to.address = "http://" + WebWorld::listenAt();
    to.bearer = *environmentSecret(listening().token);
    to.answerWithin = kPatience;
    HttpClient client(to);
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.path = "/in";
    request.body = body;
    const Result<HttpAnswer> answer = client.send(request);
    return answer.ok() ? answer->status : 0;
}

using Lines = std::vector<std::string>;

}  // namespace

class TestWebhookSource : public QObject {
    Q_OBJECT

    static bool begins(HookedUp& reading) {
        QElapsedTimer timer;
        timer.start();
        // Polled once, it listens: a request is answered from then on.
        while (timer.elapsed() < kPatience) {
            (void)reading.poll();
            if (!reading.failed.ok()) return false;
            if (ListeningSocket::open(*parseListenAddress(WebWorld::listenAt())).ok()) continue;
            return true;
        }
        return false;
    }

 private Q_SLOTS:
    void requestsAreMessages() {
        HookedUp reading({});
        QVERIFY(reading.open().ok());
        QVERIFY(begins(reading));
        QCOMPARE(post("one"), 204L);
        QTRY_VERIFY_WITH_TIMEOUT(reading.has(1), kPatience);
        QCOMPARE(reading.messages, (Lines{"one"}));
    }

    void elementsAreMessages() {
        HookedUp reading({}, "$.events[*]");
        QVERIFY(reading.open().ok());
        QVERIFY(begins(reading));
        QCOMPARE(post("{\"events\":[1,2]}"), 204L);
        QCOMPARE(post("{\"other\":[]}"), 400L);
        QTRY_VERIFY_WITH_TIMEOUT(reading.has(2), kPatience);
        QCOMPARE(reading.messages, (Lines{"1", "2"}));
    }

    /// A small body can be very many messages.
    void whatBecomesTooMuchIsNotTaken() {
        HookedUp reading({}, "$[*]");
        QVERIFY(reading.open().ok());
        QVERIFY(begins(reading));
        std::string many = "[1";
        for (int i = 0; i < 1'500'000; ++i) many += ",1";
        QCOMPARE(post(many + "]"), 413L);
        QCOMPARE(post("[7]"), 204L);
        QTRY_VERIFY_WITH_TIMEOUT(reading.has(1), kPatience);
        QCOMPARE(reading.messages, (Lines{"7"}));
    }

    void whatWasAnsweredOutlivesTheProgram() {
        const testing::ScratchFolder folder("webhook");
        const std::string journals = (folder.path() / "journal").string();
        std::string state;
        {
            HookedUp first(journals);
            QVERIFY(first.open().ok());
            QVERIFY(begins(first));
            QCOMPARE(post("one"), 204L);
            QTRY_VERIFY_WITH_TIMEOUT(first.has(1), kPatience);
            state = first.snapshot();
            QCOMPARE(post("two"), 204L);  // never given
        }
        HookedUp second(journals);
        QVERIFY(second.open(&state).ok());
        QTRY_VERIFY_WITH_TIMEOUT(second.has(1), kPatience);
        QCOMPARE(second.messages, (Lines{"two"}));
    }

    void onAFullDiskNothingIsTaken() {
        const testing::ScratchFolder folder("webhook");
        HookedUp reading((folder.path() / "journal").string());
        QVERIFY(reading.open().ok());
        QVERIFY(begins(reading));
        QCOMPARE(post("one"), 204L);
        {
            const FullDisk full;
            QCOMPARE(post(std::string(5000, 'x')), 503L);
        }
        QCOMPARE(post("two"), 204L);
        QTRY_VERIFY_WITH_TIMEOUT(reading.has(2), kPatience);
        QCOMPARE(reading.messages, (Lines{"one", "two"}));
    }

    void whatCantBeKeptIsNotTaken() {
        HookedUp reading({});
        QVERIFY(reading.open().ok());
        QVERIFY(begins(reading));
        // Nobody polls: what waits in memory is bounded, and a sender hears it.
        const std::string large(std::size_t{4} << 20, 'x');
        long status = 204;
        for (int i = 0; i < 20 && status == 204; ++i) status = post(large);
        QCOMPARE(status, 503L);
        QTRY_VERIFY_WITH_TIMEOUT(reading.has(1) && post("small") == 204, kPatience);
    }
};

QTEST_GUILESS_MAIN(TestWebhookSource)
#include "test_webhook_source.moc"
