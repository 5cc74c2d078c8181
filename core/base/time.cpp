#include "core/base/time.h"

#include <array>
#include <charconv>
#include <chrono>
#include <thread>

namespace rw {

namespace {

struct Unit {
    std::string_view name;
    Millis millis;
};
constexpr std::array<Unit, 5> kUnits{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"min", 60'000}, {"s", 1'000}, {"ms", 1}}};

class SystemClock final : public Clock {
 public:
    Instant now() const override {
        using namespace std::chrono;
        return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    }
    std::int64_t steadyMillis() const override {
        using namespace std::chrono;
        return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
    }
};

}  // namespace

void Clock::sleep(Millis millis) {
    if (!skipTo(steadyMillis() + millis)) std::this_thread::sleep_for(std::chrono::milliseconds(millis));
}

Result<Millis> parseDuration(std::string_view text) {
    const Status wrong(ErrorCode::Invalid, RW_TEXT("duration", "“%1” is not a duration.").with(text),
                       RW_TEXT("duration", "Write a whole number and a unit: 500ms, 10s, 5min, 2h or 1d."));
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    Millis number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return wrong;
    std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
    if (unit.empty() && number == 0) return Millis{0};
    for (const Unit& known : kUnits) {
        Millis millis = 0;
        if (unit == known.name) {
            if (__builtin_mul_overflow(number, known.millis, &millis)) return wrong;
            return millis;
        }
    }
    return wrong;
}

std::string formatDuration(Millis duration) {
    if (duration == 0) return "0s";
    for (const Unit& unit : kUnits) {
        if (duration % unit.millis == 0) return fmt::format("{}{}", duration / unit.millis, unit.name);
    }
    return fmt::format("{}ms", duration);
}

std::shared_ptr<Clock> systemClock() {
    return std::make_shared<SystemClock>();
}

}  // namespace rw
