#include "core/nodes/sources/nexmark_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <string_view>

#include "core/base/random.h"
#include "core/nodes/sources/time_after.h"

namespace rw {

namespace {

constexpr std::uint64_t kRoundEvents = 50;        // events, after which their kinds repeat
constexpr std::uint64_t kFirstNexmarkId = 1'000;  // of persons and of auctions
constexpr std::uint64_t kFirstAuctionCategory = 10, kAuctionCategories = 5;

constexpr std::uint64_t kActivePeople = 1'000;    // the newest, which bid and sell
constexpr std::uint64_t kInFlightAuctions = 100;  // the newest, which take bids
constexpr std::uint64_t kHotEvery = 100;          // of so many persons or auctions in a row one is hot
constexpr std::uint64_t kHotAuctionRatio = 2;     // all bids but one in so many go to the hot auction
constexpr std::uint64_t kHotBiddersRatio = 4, kHotSellersRatio = 4;
constexpr std::uint64_t kHotChannelsRatio = 2, kBidChannels = 10'000;

/// The draws of random numbers.
enum class NexmarkDraw : std::uint64_t {
    IsHotAuction,
    Auction,
    IsHotBidder,
    Bidder,
    Price,
    IsHotChannel,
    Channel,
    UrlFolder,
    UrlShop,
    UrlPage,
    HasChannelId,
    ChannelId,
    FirstName,
    LastName,
    Mailbox,
    MailHost,
    City,
    ItemLook,
    ItemThing,
    Reserve,
    IsHotSeller,
    Seller,
    Category,
    Length
};

struct EventsInRound {
    std::uint64_t first, count;  // of those in a round
};

EventsInRound eventsOf(NexmarkStream stream) {
    switch (stream) {
        case NexmarkStream::Person:
            return {0, 1};
        case NexmarkStream::Auction:
            return {1, 3};
        case NexmarkStream::Bid:
            break;
    }
    return {4, 46};
}

std::uint64_t drawn(const AuctionHouse& house, std::uint64_t event, NexmarkDraw what) {
    return house.chance(event, static_cast<std::uint64_t>(what));
}

std::uint64_t drawnBelow(const AuctionHouse& house, std::uint64_t event, NexmarkDraw what,
                         std::uint64_t end) {
    return drawn(house, event, what) % end;
}

template <std::size_t N>
std::string_view drawnOf(const AuctionHouse& house, std::uint64_t event, NexmarkDraw what,
                         const std::array<std::string_view, N>& words) {
    return words[drawnBelow(house, event, what, N)];
}

/// Whether an event is about one that is hot, as all are but one in `ratio`.
bool isHot(const AuctionHouse& house, std::uint64_t event, NexmarkDraw what, std::uint64_t ratio) {
    return drawnBelow(house, event, what, ratio) > 0;
}

std::int64_t numberedFrom(std::uint64_t first, std::uint64_t number) {
    return static_cast<std::int64_t>(first + number);
}

// The newest person and auction at an event, counted from 0.
std::uint64_t newestPerson(std::uint64_t event) {
    return event / kRoundEvents;
}
std::uint64_t newestAuction(std::uint64_t event) {
    return event / kRoundEvents * 3 + std::min<std::uint64_t>(event % kRoundEvents, 3) - 1;
}

/// One of the newest, which there are `newest` + 1 of, at most `most`.
std::uint64_t recentOne(const AuctionHouse& house, std::uint64_t event, NexmarkDraw what,
                        std::uint64_t newest, std::uint64_t most) {
    const std::uint64_t known = std::min(newest + 1, most);
    return newest - drawnBelow(house, event, what, known);
}

std::int64_t auctionOfBid(const AuctionHouse& house, std::uint64_t event) {
    const std::uint64_t newest = newestAuction(event);
    const std::uint64_t auction =
        isHot(house, event, NexmarkDraw::IsHotAuction, kHotAuctionRatio)
            ? newest / kHotEvery * kHotEvery
            : recentOne(house, event, NexmarkDraw::Auction, newest, kInFlightAuctions + 1);
    return numberedFrom(kFirstNexmarkId, auction);
}

/// The second of a hundred persons: the first is the hot seller. Until there is one, it is the one before.
std::uint64_t hotBidder(std::uint64_t newest) {
    const std::uint64_t second = newest / kHotEvery * kHotEvery + 1;
    if (second <= newest) return second;
    return newest == 0 ? 0 : second - kHotEvery;
}

std::int64_t bidderOfBid(const AuctionHouse& house, std::uint64_t event) {
    const std::uint64_t newest = newestPerson(event);
    const std::uint64_t person = isHot(house, event, NexmarkDraw::IsHotBidder, kHotBiddersRatio)
                                     ? hotBidder(newest)
                                     : recentOne(house, event, NexmarkDraw::Bidder, newest, kActivePeople);
    return numberedFrom(kFirstNexmarkId, person);
}

/// In cents, from 1 to 1 000 000 dollars; as many between 1 and 10 as between 100 000 and 1 000 000.
std::int64_t drawnPrice(const AuctionHouse& house, std::uint64_t event, NexmarkDraw what) {
    constexpr double kDigits = 6;
    const double even = static_cast<double>(drawn(house, event, what) >> 11) * 0x1.0p-53;
    return std::llround(std::pow(10.0, even * kDigits) * 100);
}

std::int64_t priceOf(const AuctionHouse& house, std::uint64_t event) {
    return drawnPrice(house, event, NexmarkDraw::Price);
}

constexpr std::array<std::string_view, 4> kHotChannels{"Google", "Facebook", "Baidu", "Apple"};

/// The hot ones first.
std::uint64_t channelNumber(const AuctionHouse& house, std::uint64_t event) {
    if (isHot(house, event, NexmarkDraw::IsHotChannel, kHotChannelsRatio))
        return drawnBelow(house, event, NexmarkDraw::Channel, kHotChannels.size());
    return kHotChannels.size() + drawnBelow(house, event, NexmarkDraw::Channel, kBidChannels);
}

void channelOf(const AuctionHouse& house, std::uint64_t event, std::string& out) {
    const std::uint64_t channel = channelNumber(house, event);
    if (channel < kHotChannels.size()) {
        out += kHotChannels[channel];
    } else {
        fmt::format_to(std::back_inserter(out), "channel-{}", channel - kHotChannels.size());
    }
}

void appendLetters(std::string& out, std::uint64_t chance, int letters) {
    constexpr std::uint64_t kLetters = 26;
    for (; letters > 0; --letters, chance /= kLetters) out += static_cast<char>('a' + chance % kLetters);
}

/// A channel has one. Hot channels do without the number that names others; so do some of these.
void urlOf(const AuctionHouse& house, std::uint64_t event, std::string& out) {
    constexpr int kPartLetters = 5;
    const std::uint64_t channel = channelNumber(house, event);
    const std::uint64_t page = ~channel;  // no event comes so far
    out += "https://www.nexmark.com/";
    for (const NexmarkDraw part : {NexmarkDraw::UrlFolder, NexmarkDraw::UrlShop, NexmarkDraw::UrlPage}) {
        appendLetters(out, drawn(house, page, part), kPartLetters);
        out += '/';
    }
    out += "item.htm?query=1";
    if (channel < kHotChannels.size() || drawnBelow(house, page, NexmarkDraw::HasChannelId, 10) == 0) return;
    fmt::format_to(std::back_inserter(out), "&channel_id={}",
                   drawnBelow(house, page, NexmarkDraw::ChannelId, 1'000'000'000));
}

std::int64_t timeOfEvent(const AuctionHouse& house, std::uint64_t event) {
    return house.timeOf(event);
}

std::int64_t personId(const AuctionHouse&, std::uint64_t event) {
    return numberedFrom(kFirstNexmarkId, newestPerson(event));
}

void nameOf(const AuctionHouse& house, std::uint64_t event, std::string& out) {
    static constexpr std::array<std::string_view, 12> kFirst{
        "Ada", "Boris", "Clara", "David", "Elena", "Felix", "Gina", "Hugo", "Iris", "Jonas", "Karin", "Leo"};
    static constexpr std::array<std::string_view, 10> kLast{
        "Adler", "Brooks", "Castro", "Dubois", "Evans", "Fischer", "Garcia", "Hansen", "Ito", "Jensen"};
    out += drawnOf(house, event, NexmarkDraw::FirstName, kFirst);
    out += ' ';
    out += drawnOf(house, event, NexmarkDraw::LastName, kLast);
}

void emailOf(const AuctionHouse& house, std::uint64_t event, std::string& out) {
    appendLetters(out, drawn(house, event, NexmarkDraw::Mailbox), 7);
    out += '@';
    appendLetters(out, drawn(house, event, NexmarkDraw::MailHost), 5);
    out += ".com";
}

struct PersonCity {
    std::string_view name, state;
};
constexpr std::array<PersonCity, 10> kPersonCities{{{"Phoenix", "AZ"},
                                                    {"Los Angeles", "CA"},
                                                    {"San Francisco", "CA"},
                                                    {"Boise", "ID"},
                                                    {"Portland", "OR"},
                                                    {"Bend", "OR"},
                                                    {"Redmond", "WA"},
                                                    {"Seattle", "WA"},
                                                    {"Kent", "WA"},
                                                    {"Cheyenne", "WY"}}};

const PersonCity& cityAt(const AuctionHouse& house, std::uint64_t event) {
    return kPersonCities[drawnBelow(house, event, NexmarkDraw::City, kPersonCities.size())];
}

void cityOf(const AuctionHouse& house, std::uint64_t event, std::string& out) {
    out += cityAt(house, event).name;
}

void stateOf(const AuctionHouse& house, std::uint64_t event, std::string& out) {
    out += cityAt(house, event).state;
}

std::int64_t auctionId(const AuctionHouse&, std::uint64_t event) {
    return numberedFrom(kFirstNexmarkId, newestAuction(event));
}

void itemOf(const AuctionHouse& house, std::uint64_t event, std::string& out) {
    static constexpr std::array<std::string_view, 12> kLook{"blue",  "broken", "carved", "golden",
                                                            "green", "large",  "new",    "old",
                                                            "rare",  "red",    "silver", "small"};
    static constexpr std::array<std::string_view, 16> kThing{
        "bicycle", "book", "bowl",   "camera", "chair",   "clock",    "coat",  "drum",
        "globe",   "lamp", "mirror", "piano",  "picture", "suitcase", "table", "watch"};
    out += drawnOf(house, event, NexmarkDraw::ItemLook, kLook);
    out += ' ';
    out += drawnOf(house, event, NexmarkDraw::ItemThing, kThing);
}

std::int64_t reserveOf(const AuctionHouse& house, std::uint64_t event) {
    return priceOf(house, event) + drawnPrice(house, event, NexmarkDraw::Reserve);
}

std::int64_t sellerOf(const AuctionHouse& house, std::uint64_t event) {
    const std::uint64_t newest = newestPerson(event);
    const std::uint64_t person = isHot(house, event, NexmarkDraw::IsHotSeller, kHotSellersRatio)
                                     ? newest / kHotEvery * kHotEvery
                                     : recentOne(house, event, NexmarkDraw::Seller, newest, kActivePeople);
    return numberedFrom(kFirstNexmarkId, person);
}

std::int64_t categoryOf(const AuctionHouse& house, std::uint64_t event) {
    return numberedFrom(kFirstAuctionCategory,
                        drawnBelow(house, event, NexmarkDraw::Category, kAuctionCategories));
}

/// An auction lasts as long, in the mean, as it takes until kInFlightAuctions later ones have begun.
std::int64_t expiryOf(const AuctionHouse& house, std::uint64_t event) {
    constexpr double kLongest = 1e15;  // milliseconds; no calendar has as many
    const double mean = std::min(house.lengthOf(kInFlightAuctions * kRoundEvents / 3), kLongest);
    const auto most = std::max<std::uint64_t>(2 * static_cast<std::uint64_t>(mean), 1);
    return timeAfter(house.timeOf(event),
                     1 + static_cast<double>(drawnBelow(house, event, NexmarkDraw::Length, most)));
}

constexpr NexmarkColumn kBidColumns[] = {{"auction", TypeId::Bigint, auctionOfBid, nullptr},
                                         {"bidder", TypeId::Bigint, bidderOfBid, nullptr},
                                         {"price", TypeId::Bigint, priceOf, nullptr},
                                         {"channel", TypeId::String, nullptr, channelOf},
                                         {"url", TypeId::String, nullptr, urlOf},
                                         {"ts", TypeId::Timestamp, timeOfEvent, nullptr}};
constexpr NexmarkColumn kPersonColumns[] = {
    {"id", TypeId::Bigint, personId, nullptr},   {"name", TypeId::String, nullptr, nameOf},
    {"email", TypeId::String, nullptr, emailOf}, {"city", TypeId::String, nullptr, cityOf},
    {"state", TypeId::String, nullptr, stateOf}, {"ts", TypeId::Timestamp, timeOfEvent, nullptr}};
constexpr NexmarkColumn kAuctionColumns[] = {
    {"id", TypeId::Bigint, auctionId, nullptr},        {"item", TypeId::String, nullptr, itemOf},
    {"initial_bid", TypeId::Bigint, priceOf, nullptr}, {"reserve", TypeId::Bigint, reserveOf, nullptr},
    {"seller", TypeId::Bigint, sellerOf, nullptr},     {"category", TypeId::Bigint, categoryOf, nullptr},
    {"ts", TypeId::Timestamp, timeOfEvent, nullptr},   {"expires", TypeId::Timestamp, expiryOf, nullptr}};

}  // namespace

std::uint64_t AuctionHouse::eventOf(NexmarkStream stream, std::uint64_t row) {
    const EventsInRound events = eventsOf(stream);
    return row / events.count * kRoundEvents + events.first + row % events.count;
}

double AuctionHouse::shareOf(NexmarkStream stream) {
    return static_cast<double>(eventsOf(stream).count) / static_cast<double>(kRoundEvents);
}

Instant AuctionHouse::timeOf(std::uint64_t event) const {
    return timeAfter(m_start, lengthOf(event));
}

double AuctionHouse::lengthOf(std::uint64_t events) const {
    return static_cast<double>(events) * 1000 / m_eventsPerSecond;
}

std::uint64_t AuctionHouse::chance(std::uint64_t event, std::uint64_t what) const {
    return splitMix64(splitMix64(m_seed, event), what);
}

std::span<const NexmarkColumn> nexmarkColumns(NexmarkStream stream) {
    switch (stream) {
        case NexmarkStream::Person:
            return kPersonColumns;
        case NexmarkStream::Auction:
            return kAuctionColumns;
        case NexmarkStream::Bid:
            break;
    }
    return kBidColumns;
}

}  // namespace rw
