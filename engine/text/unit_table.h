#pragma once

#include <array>
#include <string_view>

#include "text/folded_text.h"

namespace euphone {

/// A unit after a number. `written` is matched as it stands if `exact`, else in any case.
struct Unit {
  std::string_view written;
  std::string_view singular;
  std::string_view plural;
  bool exact = false;
};

inline constexpr auto kUnits = std::to_array<Unit>({
    {"km/h", "kilometer per hour", "kilometers per hour"},
    {"kmh", "kilometer per hour", "kilometers per hour"},
    {"kph", "kilometer per hour", "kilometers per hour"},
    {"mph", "mile per hour", "miles per hour"},
    {"m/s", "meter per second", "meters per second"},
    {"ft/s", "foot per second", "feet per second"},
    {"km", "kilometer", "kilometers"},
    {"m", "meter", "meters", true},
    {"cm", "centimeter", "centimeters"},
    {"mm", "millimeter", "millimeters"},
    {"um", "micrometer", "micrometers", true},
    {"nm", "nanometer", "nanometers", true},
    {"mi", "mile", "miles", true},
    {"yd", "yard", "yards"},
    {"ft", "foot", "feet", true},
    {"kg", "kilogram", "kilograms"},
    {"g", "gram", "grams", true},
    {"mg", "milligram", "milligrams"},
    {"ug", "microgram", "micrograms", true},
    {"lb", "pound", "pounds"},
    {"lbs", "pounds", "pounds"},
    {"oz", "ounce", "ounces"},
    {"l", "liter", "liters", true},
    {"L", "liter", "liters", true},
    {"ml", "milliliter", "milliliters"},
    {"cl", "centiliter", "centiliters"},
    {"gal", "gallon", "gallons"},
    {"tsp", "teaspoon", "teaspoons"},
    {"tbsp", "tablespoon", "tablespoons"},
    {"h", "hour", "hours", true},
    {"hr", "hour", "hours"},
    {"hrs", "hours", "hours"},
    {"min", "minute", "minutes"},
    {"mins", "minutes", "minutes"},
    {"s", "second", "seconds", true},
    {"sec", "second", "seconds"},
    {"secs", "seconds", "seconds"},
    {"ms", "millisecond", "milliseconds", true},
    {"yr", "year", "years"},
    {"yrs", "years", "years"},
    {"hz", "hertz", "hertz"},
    {"khz", "kilohertz", "kilohertz"},
    {"mhz", "megahertz", "megahertz"},
    {"ghz", "gigahertz", "gigahertz"},
    {"kb", "kilobyte", "kilobytes"},
    {"mb", "megabyte", "megabytes"},
    {"gb", "gigabyte", "gigabytes"},
    {"tb", "terabyte", "terabytes"},
    {"kbps", "kilobit per second", "kilobits per second"},
    {"mbps", "megabit per second", "megabits per second"},
    {"W", "watt", "watts", true},
    {"kw", "kilowatt", "kilowatts"},
    {"kwh", "kilowatt hour", "kilowatt hours"},
    {"V", "volt", "volts", true},
    {"mv", "millivolt", "millivolts"},
    {"ohm", "ohm", "ohms"},
    {"db", "decibel", "decibels"},
    {"hp", "horsepower", "horsepower"},
    {"kcal", "kilocalorie", "kilocalories"},
    {"cal", "calorie", "calories"},
    {"psi", "pound per square inch", "pounds per square inch"},
    {"rpm", "revolution per minute", "revolutions per minute"},
    {"fps", "frame per second", "frames per second"},
    {"ppm", "part per million", "parts per million"},
    {"px", "pixel", "pixels"},
    {"mn", "million", "million", true},
    {"bn", "billion", "billion", true},
});

/// A currency before or after a number; "cents" is empty where there are none.
struct Currency {
  char symbol;
  std::string_view singular;
  std::string_view plural;
  std::string_view cent;
  std::string_view cents;
};

inline constexpr auto kCurrencies = std::to_array<Currency>({
    {'$', "dollar", "dollars", "cent", "cents"},
    {mark::kPound, "pound", "pounds", "penny", "pence"},
    {mark::kEuro, "euro", "euros", "cent", "cents"},
    {mark::kYen, "yen", "yen", "", ""},
    {mark::kRupee, "rupee", "rupees", "", ""},
    {mark::kCent, "cent", "cents", "", ""},
});

/// Multipliers between an amount and its currency: "$3 million", "$3M".
struct Scale {
  std::string_view written;
  std::string_view spoken;
  bool word;  ///< A word of its own, in any case; else glued to the number, as it stands.
};

inline constexpr auto kScaleWords = std::to_array<Scale>({
    {"hundred", "hundred", true},
    {"thousand", "thousand", true},
    {"million", "million", true},
    {"billion", "billion", true},
    {"trillion", "trillion", true},
    {"k", "thousand", false},
    {"K", "thousand", false},
    {"m", "million", false},
    {"M", "million", false},
    {"mn", "million", false},
    {"b", "billion", false},
    {"B", "billion", false},
    {"bn", "billion", false},
    {"T", "trillion", false},
});

}  // namespace euphone
