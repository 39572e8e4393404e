import { z } from 'zod';
import { defineExtractor } from '../schema/defineExtractor.ts';
import { adds, inOrder, sideBySide } from '../schema/rules.ts';
import { identifier, isoDate, line, money } from './kinds.ts';

const FLIGHT = [
  'Order Flight',
  'Flight Dates',
  'Flight Date',
  'Flight',
  'Contract Dates',
  'Contract Date Range',
  'Schedule Dates',
  'Order Dates',
  'Campaign Dates',
  'Flight Start/End',
  'Start Date/End Date',
  'Effective Dates',
  'Air Dates',
  'Period',
  'Invoice Period',
  'Broadcast Period~',
  'Dates~',
];

/** What American stations print on orders, contracts and invoices for advertising time. */
export const advertisingOrderPaper = z.object({
  contract_num: identifier({
    title: 'Contract number',
    labels: [
      'Contract / Revision',
      'Contract #',
      'Contract No',
      'Contract Number',
      'Contract',
      'Invoice #',
      'Invoice No',
      'Invoice Number',
      'Invoice',
      'Order / Rev',
      'Order / Revision',
      'Order #',
      'Order No',
      'Order Number',
      'Order ID',
      'Headline #',
      'Order~',
    ],
    notLabels: [
      'Alt Order #',
      'Agency Order #',
      'Deal #',
      'Estimate #',
      'Estimate Number',
      'Estimate',
      'External #',
      'Est/External #',
      'CPE',
      'Agency Code',
      'Advertiser Code',
      'Account #',
      'Ref #',
    ],
    place: 'top',
  }),
  advertiser: line({
    title: 'Advertiser',
    labels: [
      'Advertiser',
      'Advertiser Name',
      'Client',
      'Client Name',
      'Sponsor',
      'Candidate~',
      'Customer~',
      'Account~',
    ],
    notLabels: [
      'Original Date / Revision',
      'Product',
      'Product Desc',
      'Order Brand',
      'Brand',
      'Agency',
      'Buyer',
      'Salesperson',
      'Market',
      'Station',
      'Estimate',
      'Invoice Date',
      'Invoice Month',
      'Advertiser Code',
      'Advertiser Ref',
      'Advertiser External ID',
      'Account Executive',
      'Demographic',
      'Sales Office',
    ],
    place: 'top',
    wraps: true,
  }),
  gross_amount: money({
    title: 'Gross amount',
    labels: [
      'Gross Total',
      'Total Gross',
      'Gross Amount',
      'Gross Order Total',
      'Gross',
      'Total Gross Amount',
      'Gross Billing',
      'Order Total',
      'Contract Total',
      'Contract Amount',
      'Total Order Amount',
      'Total Order',
      'Total Cost',
      'Total $',
      'Total Dollars',
      'Grand Total',
      'Invoice Total',
      'Total Amount',
      'Total Spots/Cost',
      'Totals',
      'Total~',
    ],
    notLabels: ['Net Total', 'Net Amount', 'Net Amount Due', 'Agency Commission', 'Rate', 'Commission', 'Total CPP'],
    place: 'greatest',
  }),
  flight_from: isoDate({
    title: 'Flight from',
    labels: [...FLIGHT, 'Flight Start', 'Flight Start Date', 'Start Date~', 'Order Start Date', 'Contract Start Date'],
    end: 'from',
    place: 'top',
  }),
  flight_to: isoDate({
    title: 'Flight to',
    labels: [...FLIGHT, 'Flight End', 'Flight End Date', 'End Date~', 'Order End Date', 'Contract End Date'],
    end: 'to',
    place: 'top',
  }),
});
export type AdvertisingOrderPaper = z.infer<typeof advertisingOrderPaper>;

const witnesses = z.object({
  commission: money({
    labels: ['Agency Commission', 'Commission', 'Agency Comm', 'Agency Commission Amount'],
    place: 'last',
  }),
  net_amount: money({
    labels: ['Net Amount Due', 'Net Total', 'Net Amount', 'Total Net', 'Net Due', 'Net~'],
    place: 'last',
  }),
});

export const advertisingOrder = {
  name: 'adbuy',
  version: '1',
  accepts: ['advertising-order'],
  schema: advertisingOrderPaper,
  witnesses,
  rules: [
    adds(['commission', 'net_amount'], 'gross_amount'),
    inOrder('flight_from', 'flight_to'),
    sideBySide('flight_from', 'flight_to'),
  ],
};

export const advertisingOrderExtractor = defineExtractor(advertisingOrder);
