// What holds for a look at a connection of any kind: what is checked before, and how it ends.
#include "core/connect/connections/connection_browser.h"

#include <QtTest/QtTest>

using namespace rw;

namespace {

NodeConnection shopOf(const std::string& kind, const std::string& address) {
    const Connection connection{"shop", kind, {{"address", address}}, {}};
    return NodeConnection(connection, std::make_shared<const Connections>(std::vector<Connection>{connection},
                                                                          environmentSecret));
}

/// Has one subject, and cancels the look when it is told to.
class FakeBrowser final : public ConnectionBrowser {
 public:
    std::atomic<bool>* cancels = nullptr;

    Result<ConnectionSubjects> subjects(
        BrowsedConnection& browsed,
        const std::function<void(const ConnectionSubjects&)>& early) const override {
        const Millis left = browsed.left();
        if (left < 1 || browsed.left() > left) return Status(ErrorCode::Internal, {"test", "time"});
        if (cancels != nullptr) *cancels = true;
        if (early) early({{"orders"}});
        return ConnectionSubjects{{"orders", 2, 3, 4}};
    }
    Result<SubjectContent> content(BrowsedConnection&, const std::string& subject) const override {
        SubjectContent found;
        found.isTable = true;
        found.columns.fields = {{subject, Type::of(TypeId::String)}};
        return found;
    }
};

ConnectionBrowsers fakes(std::atomic<bool>* cancels = nullptr) {
    const auto fake = std::make_shared<FakeBrowser>();
    fake->cancels = cancels;
    return {{"kafka", fake}};
}

}  // namespace

class TestConnectionBrowser : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theBrowserOfItsKindLooks() {
        bool told = false;
        const auto found =
            browseConnection(shopOf("kafka", "broker:9092"), fakes(), nullptr,
                             [&told](const ConnectionSubjects& names) { told = names.size() == 1; });
        QVERIFY(found.ok() && told && *found == (ConnectionSubjects{{"orders", 2, 3, 4}}));
        const auto content = browseSubject(shopOf("kafka", "broker:9092"), "orders", fakes());
        QVERIFY(content.ok() && content->columns.fields.front().name == "orders");
    }

    void aKindWithoutOneIsAnErrorWithAMend() {
        const auto found = browseConnection(shopOf("http", "https://shop.example"), fakes());
        QVERIFY(!found.ok() && found.error().code == ErrorCode::Invalid);
        QVERIFY(!found.error().fix.empty());
        QVERIFY(english(found.error().message).find("HTTP") != std::string::npos);
    }

    void aConnectionThatIsWrongIsNotAsked() {
        const auto found = browseConnection(shopOf("kafka", ""), fakes());
        QVERIFY(!found.ok() && found.error().param == "address");
        QVERIFY(!browseSubject(shopOf("kafka", ""), "orders", fakes()).ok());
    }

    void anAnswerAfterCancellingIsNone() {
        std::atomic<bool> cancelled{false};
        const auto found = browseConnection(shopOf("kafka", "broker:9092"), fakes(&cancelled), &cancelled);
        QVERIFY(!found.ok() && found.error().code == ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestConnectionBrowser)
#include "test_connection_browser.moc"
