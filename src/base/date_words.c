#include "base/date_words.h"

#include <stdint.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/utf8.h"

/* The names of months without accents: English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Swedish, Danish, Finnish, Hungarian,
 * Romanian, Turkish, Greek, Russian, Ukrainian, Bulgarian, Thai; each once, and the abbreviations that are no beginning of a name. */
static const char *const months[12] = {
	"january januar janner jaenner janvier januari enero gennaio janeiro styczen stycznia leden ledna tammikuuta ianuarie ocak ιανουαριοσ ιανουαριου "
	"январь января січень січня януари มกราคม",
	"february februar feber fevrier febrero febbraio fevereiro februari luty lutego unor unora helmikuuta februarie subat φεβρουαριοσ φεβρουαριου "
	"февраль февраля лютии лютого февруари กมภาพนธ",
	"march marz maerz mrz mars marzo marco maart mrt marzec marca brezen brezna marts maaliskuuta marcius martie mart μαρτιοσ μαρτιου март марта "
	"березень березня มนาคม",
	"april avril abril aprile kwiecien kwietnia duben dubna huhtikuuta aprilis aprilie nisan απριλιοσ απριλιου апрель апреля квітень квітня април เมษายน",
	"may mai mayo maggio maio mei maj maja kveten kvetna toukokuuta majus mayis μαιοσ μαιου маи мая травень травня พฤษภาคม",
	"june juni juin junio giugno junho czerwiec czerwca cerven cervna cvn kesakuuta junius iunie haziran ιουνιοσ ιουνιου июнь июня червень червня юни "
	"มถนายน",
	"july juli juillet julio luglio julho lipiec lipca cervenec cervence cvc heinakuuta julius iulie temmuz ιουλιοσ ιουλιου июль июля липень липня юли "
	"กรกฎาคม",
	"august aout agosto augustus augusti sierpien sierpnia srpen srpna elokuuta augusztus agustos αυγουστοσ αυγουστου август августа серпень серпня "
	"สงหาคม",
	"september septembre septiembre settembre setiembre setembro wrzesien wrzesnia zari syyskuuta szeptember septembrie eylul σεπτεμβριοσ σεπτεμβριου "
	"сентябрь сентября вересень вересня септември กนยายน",
	"october oktober octobre octubre ottobre outubro pazdziernik pazdziernika rijen rijna lokakuuta octombrie ekim οκτωβριοσ οκτωβριου октябрь октября "
	"жовтень жовтня октомври ตลาคม",
	"november novembre noviembre novembro listopad listopadu listopada marraskuuta noiembrie kasim νοεμβριοσ νοεμβριου ноябрь ноября листопад "
	"листопада ноември พฤศจกายน",
	"december dezember decembre diciembre dicembre dezembro grudzien grudnia prosinec prosince joulukuuta decembrie aralik δεκεμβριοσ δεκεμβριου "
	"декабрь декабря грудень грудня декември ธนวาคม",
};

/* In the same languages. */
static const char weekdays[] =
	"monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
	"lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo "
	"lunedi martedi mercoledi giovedi venerdi sabato domenica segunda terca quarta quinta sexta feira "
	"maandag dinsdag woensdag donderdag vrijdag zaterdag zondag poniedzialek wtorek sroda czwartek piatek sobota niedziela "
	"pondeli utery streda ctvrtek patek nedele mandag tisdag onsdag torsdag fredag lordag sondag tirsdag "
	"maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina "
	"hetfo kedd szerda csutortok pentek szombat vasarnap luni marti miercuri joi vineri sambata duminica "
	"pazartesi sali carsamba persembe cuma cumartesi pazar δευτερα τριτη τεταρτη πεμπτη παρασκευη σαββατο κυριακη "
	"понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс понеділок вівторок середа пятниця субота неділя нд "
	"понеделник сряда четвъртък петък събота неделя";

static const char fillers[] = "at of the on st nd rd th de del le la kl um uhr den a am klo ora hrs hours vers г год года р року พศ";

/* The halves of the day are asked for first, so "am" is only German here. */

static const struct { const char *name; int minutes; } zones[] = {
	{ "z", 0 }, { "ut", 0 }, { "gmt", 0 }, { "utc", 0 }, { "uct", 0 }, { "wet", 0 }, { "zulu", 0 }, { "egst", 0 },
	{ "est", -300 }, { "edt", -240 }, { "cst", -360 }, { "cdt", -300 }, { "mst", -420 }, { "mdt", -360 }, { "pst", -480 }, { "pdt", -420 },
	{ "et", -300 }, { "ct", -360 }, { "mt", -420 }, { "pt", -480 }, { "at", -240 }, { "ast", -240 }, { "adt", -180 }, { "akst", -540 },
	{ "akdt", -480 }, { "hst", -600 }, { "hast", -600 }, { "hadt", -540 }, { "sst", -660 }, { "nst", -210 }, { "ndt", -150 }, { "brt", -180 },
	{ "brst", -120 }, { "art", -180 }, { "clt", -240 }, { "clst", -180 }, { "cot", -300 }, { "pet", -300 }, { "vet", -240 }, { "uyt", -180 },
	{ "bst", 60 }, { "west", 60 }, { "cet", 60 }, { "met", 60 }, { "mez", 60 }, { "wat", 60 }, { "cest", 120 }, { "mest", 120 }, { "mesz", 120 },
	{ "sast", 120 }, { "cat", 120 }, { "eet", 120 }, { "eest", 180 }, { "eat", 180 }, { "msk", 180 }, { "msd", 240 }, { "trt", 180 }, { "idt", 180 },
	{ "irst", 210 }, { "gst", 240 }, { "samt", 240 }, { "aft", 270 }, { "pkt", 300 }, { "uzt", 300 }, { "yekt", 300 }, { "ist", 330 }, { "npt", 345 },
	{ "omst", 360 }, { "mmt", 390 }, { "ict", 420 }, { "wib", 420 }, { "novt", 420 }, { "krat", 420 }, { "wita", 480 }, { "sgt", 480 }, { "hkt", 480 },
	{ "myt", 480 }, { "pht", 480 }, { "awst", 480 }, { "irkt", 480 }, { "jst", 540 }, { "kst", 540 }, { "wit", 540 }, { "yakt", 540 }, { "acst", 570 },
	{ "acdt", 630 }, { "aest", 600 }, { "aedt", 660 }, { "vlat", 600 }, { "nzst", 720 }, { "nzdt", 780 },
};

static const struct { const char *text; char what; } units[] = {
	{ "年", 'y' }, { "년", 'y' }, { "月", 'm' }, { "월", 'm' }, { "日", 'd' }, { "일", 'd' }, { "号", 'd' }, { "號", 'd' },
	{ "時", 'H' }, { "时", 'H' }, { "点", 'H' }, { "點", 'H' }, { "시", 'H' }, { "分", 'M' }, { "분", 'M' }, { "秒", 'S' }, { "초", 'S' },
	{ "午前", 'A' }, { "上午", 'A' }, { "오전", 'A' }, { "午後", 'P' }, { "午后", 'P' }, { "下午", 'P' }, { "오후", 'P' },
};

char date_unit(const char *s, size_t *len)
{
	if ((unsigned char)*s < 0x80)
		return 0;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		*len = strlen(units[i].text);
		if (strncmp(s, units[i].text, *len) == 0)
			return units[i].what;
	}
	return 0;
}

/* ---- letters ---- */

/* In lower case, without its marks; 0 for what is only a mark. */
static UChar32 plain(UChar32 c)
{
	UErrorCode e = U_ZERO_ERROR;
	const UNormalizer2 *nfd;
	UChar parts[8];

	c = u_tolower(c);
	if (c < 0x80)
		return c;
	if (u_charType(c) == U_NON_SPACING_MARK)
		return 0;
	nfd = unorm2_getNFDInstance(&e);
	/* Hangul syllables come apart as well, but no word here is written in them */
	while (U_SUCCESS(e) && unorm2_getRawDecomposition(nfd, c, parts, 8, &e) > 0)
		U16_GET(parts, 0, 0, 8, c);
	switch (c) {
	case 0x131: return 'i'; /* dotless */
	case 0x142: return 'l'; /* with its stroke */
	case 0xf8: return 'o';
	case 0x3c2: return 0x3c3; /* the sigma at the end of a word */
	default: return c;
	}
}

size_t date_word(const char *s, char out[DATE_WORD])
{
	size_t taken = 0, n = 0, len;

	while (s[taken]) {
		uint32_t cp;
		size_t left = strnlen(s + taken, 4), take = utf8_decode(s + taken, left, &cp);
		UChar32 c;

		if (!u_isalpha((UChar32)cp) && !(taken && u_charType((UChar32)cp) == U_NON_SPACING_MARK))
			break;
		if (date_unit(s + taken, &len))
			break;
		c = plain((UChar32)cp);
		if (c && n + 5 < DATE_WORD)
			n += utf8_encode((uint32_t)c, out + n);
		taken += take;
	}
	out[n] = '\0';
	return taken;
}

static size_t letters(const char *word)
{
	size_t n = 0;

	for (; *word; word++)
		n += ((unsigned char)*word & 0xc0) != 0x80;
	return n;
}

/* Is word one of list's (parted by blanks), or with `start` the beginning of one? */
static bool listed(const char *word, const char *list, bool start)
{
	size_t n = strlen(word);

	while (*list) {
		size_t len = strcspn(list, " ");

		if (strncmp(word, list, n) == 0 && (n == len || (start && n < len)))
			return true;
		list += len;
		list += *list == ' ';
	}
	return false;
}

/* Before all others, so that the common case is short. */
static int english(const char *word)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	const char *p = strlen(word) == 3 ? strstr(names, word) : NULL;

	return p && (p - names) % 3 == 0 ? (int)(p - names) / 3 + 1 : 0;
}

int date_month(const char *word)
{
	int month = english(word);

	for (int i = 0; !month && letters(word) >= 3 && i < 12; i++)
		if (listed(word, months[i], true))
			month = i + 1;
	return month;
}

bool date_weekday(const char *word)
{
	return letters(word) >= 2 && listed(word, weekdays, true);
}

bool date_filler(const char *word)
{
	return listed(word, fillers, false);
}

/* RFC 822, 5.1: A is one hour west of Greenwich, M twelve, N one hour east, Y twelve; J is nobody's. */
static bool military(char letter, int *minutes)
{
	if (letter >= 'a' && letter <= 'm' && letter != 'j')
		*minutes = -60 * (letter - 'a' + (letter < 'j'));
	else if (letter >= 'n' && letter <= 'y')
		*minutes = 60 * (letter - 'n' + 1);
	else
		return false;
	return true;
}

bool date_zone(const char *word, int *minutes)
{
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
		if (strcmp(word, zones[i].name) == 0) {
			*minutes = zones[i].minutes;
			return true;
		}
	return word[0] && !word[1] && military(word[0], minutes);
}
