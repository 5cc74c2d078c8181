#include "core/connect/mqtt/mqtt_tester.h"

#include <algorithm>
#include <string>

#include "core/connect/mqtt/mqtt_client.h"
#include "core/net/http_error.h"

namespace rw {

namespace {

constexpr Millis kVersionWait = 500;
constexpr const char* kVersionTopic = "$SYS/broker/version";

class Hearing final : public MqttListener {
 public:
    std::string version{};

 private:
    void onMessage(const MqttMessage& message) override {
        if (message.topic == kVersionTopic) version = firstLineOf(std::string(message.payload));
    }
};

class MqttTester final : public ConnectionTester {
 public:
    void test(TestedConnection& tested) const override {
        Hearing hearing;
        MqttClientOptions options;  // an id of the broker's choice: a run that goes on is not disturbed
        options.within = tested.left();
        MqttClient client(tested.node(), options, hearing);
        const bool signsIn = !tested.field("user").empty();
        const Text name = signsIn ? RW_TEXT("connections", "Sign in") : RW_TEXT("connections", "Reach");
        if (!tested.step(name, [&] { return greet(tested, client); })) return;
        readVersion(tested, client, hearing);
        client.leave();
    }

 private:
    static Result<Text> greet(TestedConnection& tested, MqttClient& client) {
        const std::shared_ptr<Clock> clock = systemClock();
        const std::int64_t asked = clock->steadyMillis();
        RW_TRY(client.connect(tested.cancelled()).status());
        tested.report().latency = clock->steadyMillis() - asked;
        return RW_TEXT("mqtt", "The broker at %1 lets this client in.").with(client.address());
    }

    /// Brokers that keep it to themselves are left alone.
    static void readVersion(TestedConnection& tested, MqttClient& client, const Hearing& hearing) {
        const std::shared_ptr<Clock> clock = systemClock();
        const std::int64_t until = clock->steadyMillis() + std::min(kVersionWait, tested.left());
        if (!client.subscribe(kVersionTopic, 0).ok()) return;
        while (hearing.version.empty() && clock->steadyMillis() < until && !*tested.cancelled()) {
            if (!client.receive(std::max<Millis>(1, until - clock->steadyMillis())).ok() ||
                !client.send().ok())
                return;
        }
        tested.report().version = hearing.version;
    }
};

}  // namespace

std::shared_ptr<const ConnectionTester> mqttTester() {
    return std::make_shared<MqttTester>();
}

}  // namespace rw
