#include "core/connect/alerts/desktop_notifier.h"

#include <systemd/sd-bus.h>

#include <cstring>
#include <deque>
#include <utility>

#include "core/data/utf8.h"

namespace rw {

namespace {

constexpr std::uint64_t kWithinMicros = 5'000'000;
constexpr std::size_t kRemembered = 50;  // notifications whose buttons count
constexpr const char* kService = "org.freedesktop.Notifications";
constexpr const char* kObject = "/org/freedesktop/Notifications";

/// The bus takes nothing but UTF-8, and what rows say need not be. So long as people read.
std::string busText(const std::string& text) {
    constexpr std::size_t kLongestText = 2'000;
    return excerpt(text, kLongestText);
}

/// Bodies may be read as markup.
std::string withoutMarkup(const std::string& text) {
    std::string out;
    for (const char c : busText(text)) {
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else {
            out += c;
        }
    }
    return out;
}

class BusNotifier final : public DesktopNotifier {
 public:
    ~BusNotifier() override { close(); }

    Status notify(const Note& note) override {
        RW_TRY(open());
        sd_bus_error error{};
        sd_bus_message* answer = nullptr;
        const std::string title = busText(note.title), body = withoutMarkup(note.body);
        const int sent = sd_bus_call_method(m_bus, kService, kObject, kService, "Notify", &error, &answer,
                                            "susssasa{sv}i", "Rillwright", std::uint32_t{0}, "rillwright",
                                            title.c_str(), body.c_str(), 4, "show", note.show.c_str(),
                                            "silence", note.silence.c_str(), 0, std::int32_t{-1});
        std::uint32_t number = 0;
        if (sent >= 0 && sd_bus_message_read(answer, "u", &number) >= 0) {
            m_shown.emplace_back(number, note.id);
            if (m_shown.size() > kRemembered) m_shown.pop_front();
        }
        const std::string said = error.message != nullptr ? error.message : std::strerror(-sent);
        sd_bus_error_free(&error);
        sd_bus_message_unref(answer);
        if (sent >= 0) return {};
        close();
        return {ErrorCode::NotFound, RW_TEXT("alert", "The desktop shows no notifications: %1.").with(said)};
    }

    std::vector<Pressed> takePressed() override {
        while (m_bus != nullptr) {
            const int more = sd_bus_process(m_bus, nullptr);
            if (more < 0) close();
            if (more <= 0) break;
        }
        return std::exchange(m_pressed, {});
    }

 private:
    Status open() {
        if (m_bus != nullptr) return {};
        if (sd_bus_open_user(&m_bus) < 0) {
            m_bus = nullptr;
            return {ErrorCode::NotFound,
                    RW_TEXT("alert", "There is no desktop session that could show a notification.")};
        }
        sd_bus_set_method_call_timeout(m_bus, kWithinMicros);
        (void)sd_bus_match_signal(m_bus, nullptr, nullptr, kObject, kService, "ActionInvoked", &pressed,
                                  this);
        return {};
    }
    void close() {
        if (m_bus == nullptr) return;
        sd_bus_flush_close_unref(m_bus);
        m_bus = nullptr;
    }
    static int pressed(sd_bus_message* message, void* self, sd_bus_error*) {
        std::uint32_t number = 0;
        const char* button = nullptr;
        if (sd_bus_message_read(message, "us", &number, &button) < 0) return 0;
        static_cast<BusNotifier*>(self)->press(number, button);
        return 0;
    }
    void press(std::uint32_t number, const char* button) {
        for (const auto& [shown, id] : m_shown) {
            if (shown == number) m_pressed.push_back({id, std::strcmp(button, "silence") == 0});
        }
    }

    sd_bus* m_bus = nullptr;  ///< null: not open
    std::deque<std::pair<std::uint32_t, std::string>> m_shown{};
    std::vector<Pressed> m_pressed{};
};

}  // namespace

std::unique_ptr<DesktopNotifier> makeDesktopNotifier() {
    return std::make_unique<BusNotifier>();
}

}  // namespace rw
